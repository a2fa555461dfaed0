"use strict";
(() => {
  const told = JSON.parse(document.getElementById("data").textContent);
  const svg = d3.select("svg.graph");
  const world = svg.select(".world");
  const stage = document.getElementById("stage");
  const about = document.getElementById("about");
  const search = document.getElementById("search");
  const hint = [...about.childNodes];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  // what is where: a topic's data, what it needs, what it leads to, its middle, its element
  const topics = new Map(told.nodes.map((node) => [node.id, { ...node, needs: [], leads: [] }]));
  for (const edge of told.edges) {
    topics.get(edge.to).needs.push(edge.from);
    topics.get(edge.from).leads.push(edge.to);
  }
  const boxes = svg.selectAll(".node[data-id]");
  boxes.each(function () {
    const topic = topics.get(this.dataset.id);
    const box = this.querySelector("rect").getBBox();
    const [x, y] = this.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    Object.assign(topic, { box: this, x: x + box.width / 2, y: y + box.height / 2 });
  });

  // moving about
  const [, , width, height] = svg.attr("viewBox").split(" ").map(Number);
  const nearest = 1.1;
  let fitted = false; // everything is shown, and stays so when the window changes
  const zoom = d3.zoom()
    .interpolate(d3.interpolateArray)
    .scaleExtent([0.05, 4])
    .translateExtent([[-200, -200], [width + 200, height + 200]])
    .on("zoom", (event) => {
      world.attr("transform", event.transform);
      if (event.sourceEvent) fitted = false;
    });
  svg.attr("viewBox", null).attr("width", null).attr("height", null).call(zoom).on("dblclick.zoom", null);
  svg.select(".ground").attr("width", "100%").attr("height", "100%");
  const show = (x, y, w, h, most = 1, slowly = !calm && document.body.dataset.ready) => {
    const [W, H] = [stage.clientWidth, stage.clientHeight];
    if (!W || !H) return;
    fitted = false;
    const scale = Math.min(W / w, H / h, most);
    const to = d3.zoomIdentity.translate(W / 2 - (x + w / 2) * scale, H / 2 - (y + h / 2) * scale).scale(scale);
    (slowly ? svg.transition().duration(250) : svg.interrupt()).call(zoom.transform, to);
  };
  const fit = (slowly) => {
    show(0, 0, width, height - 30, 1, slowly);
    fitted = true;
  };
  let stood = null; // where the window stands while the whole is printed
  new ResizeObserver(() => { if (fitted && stood === null) fit(false); }).observe(stage);
  addEventListener("beforeprint", () => {
    stood = world.attr("transform");
    world.attr("transform", null);
    svg.attr("viewBox", `0 0 ${width} ${height}`);
  });
  addEventListener("afterprint", () => {
    svg.attr("viewBox", null);
    world.attr("transform", stood);
    stood = null;
  });
  const centre = (id, scale) => {
    const { x, y } = topics.get(id);
    const [w, h] = [stage.clientWidth / scale, stage.clientHeight / scale];
    show(x - w / 2, y - h / 2, w, h, scale);
  };
  const visible = (id) => {
    const at = topics.get(id).box.getBoundingClientRect();
    const frame = stage.getBoundingClientRect();
    return at.left >= frame.left && at.right <= frame.right && at.top >= frame.top && at.bottom <= frame.bottom;
  };
  const reach = (id) => {
    const scale = d3.zoomTransform(svg.node()).k;
    if (scale < 0.6 || !visible(id)) centre(id, Math.max(scale, 0.9));
  };

  // light along the arrows
  const behind = (start, way) => {
    const met = new Set();
    const stack = [...topics.get(start)[way]];
    while (stack.length) {
      const id = stack.pop();
      if (!met.has(id)) {
        met.add(id);
        stack.push(...topics.get(id)[way]);
      }
    }
    return met;
  };
  const dark = () => svg.classed("chosen", false).classed("searching", false)
    .selectAll(".lit, .self, .hit, .up, .down").each(function () { this.classList.remove("lit", "self", "hit", "up", "down"); });
  const unpress = () => d3.selectAll("[data-look]").attr("aria-pressed", "false");
  const clear = () => {
    dark();
    unpress();
    about.replaceChildren(...hint);
  };
  const choose = (id) => {
    const up = behind(id, "needs");
    const down = behind(id, "leads");
    dark();
    unpress();
    svg.classed("chosen", true);
    boxes.classed("lit", function () {
      const name = this.dataset.id;
      return name === id || up.has(name) || down.has(name);
    }).classed("self", function () { return this.dataset.id === id; });
    const inside = (name, set) => name === id || set.has(name);
    svg.selectAll(".arrow")
      .classed("up", function () { return inside(this.dataset.from, up) && inside(this.dataset.to, up); })
      .classed("down", function () { return inside(this.dataset.from, down) && inside(this.dataset.to, down); });
    tell(id, up, down);
    turn(id);
  };

  // words about the chosen topic
  const list = (words, kind, ids) => {
    const line = document.createElement("p");
    const key = document.createElement("span");
    key.className = `key ${kind}`;
    key.textContent = words;
    line.append(key, " ");
    for (const id of ids) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = topics.get(id).title;
      button.addEventListener("click", () => { choose(id); reach(id); });
      line.append(button);
    }
    if (!ids.length) line.append("nothing");
    return line;
  };
  const tell = (id, up, down) => {
    const topic = topics.get(id);
    const head = document.createElement("h2");
    head.textContent = topic.title;
    const area = told.areas.find((one) => one.id === topic.area).title;
    const recall = topic.recall === null ? "" : `, recall ${Math.round(100 * topic.recall)} %`;
    const unlocks = topic.unlocks ? `, unlocks ${topic.unlocks}` : "";
    const facts = document.createElement("p");
    facts.textContent = `${area}: ${topic.look}, ${topic.hours} h${recall}${unlocks}; stands on ${up.size}, leads to ${down.size} `;
    const code = document.createElement("code");
    code.textContent = `studyctl show ${id}`;
    facts.append(code);
    about.replaceChildren(head, facts, list("Needs", "needs", topic.needs), list("Leads to", "leads", topic.leads));
  };

  // keys: one topic is reached by Tab, from there the arrow keys go on
  let here = null;
  const turn = (id) => {
    if (here) topics.get(here).box.setAttribute("tabindex", -1);
    here = id;
    topics.get(id).box.setAttribute("tabindex", 0);
  };
  const towards = {
    ArrowUp: (one) => one.needs,
    ArrowDown: (one) => one.leads,
    ArrowLeft: (one) => beside(one).filter((id) => topics.get(id).x < one.x),
    ArrowRight: (one) => beside(one).filter((id) => topics.get(id).x > one.x),
  };
  const beside = (one) => told.nodes.map((node) => node.id).filter((id) => id !== one.id && Math.abs(topics.get(id).y - one.y) < 10);
  const far = (one, id) => Math.hypot(topics.get(id).x - one.x, topics.get(id).y - one.y);
  const step = (id, key) => {
    const one = topics.get(id);
    const [next] = towards[key](one).sort((a, b) => far(one, a) - far(one, b));
    if (!next) return;
    turn(next);
    reach(next);
    topics.get(next).box.focus({ preventScroll: true });
  };
  boxes.attr("tabindex", -1).attr("role", "button")
    .attr("aria-label", function () { return this.querySelector("title").textContent; })
    .on("click", function (event) { event.stopPropagation(); choose(this.dataset.id); })
    .on("focus", function () { if (!visible(this.dataset.id)) reach(this.dataset.id); })
    .on("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") choose(this.dataset.id);
      else if (event.key in towards) step(this.dataset.id, event.key);
      else return;
      event.preventDefault();
    });
  svg.on("click", clear);
  const open = (cluster, least = 0) => {
    const { x, y, width: w, height: h } = cluster.querySelector("rect").getBBox();
    const readable = Math.min(stage.clientWidth / (w + 40), stage.clientHeight / (h + 40)) >= least;
    if (readable) show(x - 20, y - 20, w + 40, h + 40, nearest);
    return readable;
  };
  svg.selectAll(".cluster").on("click", function (event) {
    if (event.target.tagName === "rect") return;
    event.stopPropagation();
    open(this);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { search.value = ""; clear(); }
    if (event.key === "/" && event.target !== search) { event.preventDefault(); search.focus(); }
  });

  // finding: by words, and by state
  const light = (found) => {
    const ids = new Set(found.map((node) => node.id));
    svg.classed("searching", true);
    boxes.classed("hit", function () { return ids.has(this.dataset.id); });
  };
  const hits = () => {
    const wanted = search.value.trim().toLowerCase();
    return wanted ? told.nodes.filter((node) => node.title.toLowerCase().includes(wanted) || node.id.includes(wanted)) : [];
  };
  search.addEventListener("input", () => {
    clear();
    if (search.value.trim()) {
      const found = hits();
      light(found);
      about.textContent = found.length === 1 ? "1 topic found" : `${found.length} topics found`;
    }
  });
  search.addEventListener("change", () => {
    const wanted = search.value.trim().toLowerCase();
    const found = hits();
    const best = found.find((node) => node.title.toLowerCase() === wanted || node.id === wanted) ?? found[0];
    if (best) {
      choose(best.id);
      reach(best.id);
    }
  });
  d3.selectAll("[data-look]").on("click", function () {
    const pressed = this.getAttribute("aria-pressed") === "true";
    clear();
    if (pressed) return;
    this.setAttribute("aria-pressed", "true");
    about.textContent = `${this.textContent.trim()}: ${this.title}`;
    light(told.nodes.filter((node) => node.look === this.dataset.look));
  });
  document.getElementById("in").addEventListener("click", () => { fitted = false; svg.call(zoom.scaleBy, 1.4); });
  document.getElementById("out").addEventListener("click", () => { fitted = false; svg.call(zoom.scaleBy, 1 / 1.4); });
  document.getElementById("fit").addEventListener("click", () => fit());

  // the first look: everything where that can be read, else where the learner is
  const first = told.nodes.find((node) => node.look === "studying") ?? told.nodes.find((node) => node.look === "ready") ?? told.nodes[0];
  if (first) turn(first.id);
  const whole = Math.min(stage.clientWidth / width, stage.clientHeight / height);
  const around = first && svg.selectAll(".cluster").filter(function () { return this.dataset.area === first.area; });
  if (!first || whole >= 0.2) fit();
  else if (around.empty() || !open(around.node(), 0.6)) centre(first.id, 0.8);
  document.body.dataset.ready = "yes";
})();
