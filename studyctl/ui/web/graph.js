"use strict";
(() => {
  const told = JSON.parse(document.getElementById("data").textContent);
  const svg = d3.select("svg.graph");
  const about = document.getElementById("about");
  const hint = about.textContent;
  const nodes = new Map(told.nodes.map((node) => [node.id, node]));
  const needs = new Map(told.nodes.map((node) => [node.id, []]));
  const leads = new Map(told.nodes.map((node) => [node.id, []]));
  for (const edge of told.edges) {
    needs.get(edge.to).push(edge.from);
    leads.get(edge.from).push(edge.to);
  }

  // everything but the ground moves when one zooms
  const [, , width, height] = svg.attr("viewBox").split(" ").map(Number);
  const world = svg.append("g").attr("class", "world");
  svg.selectAll(":scope > .band, :scope > .area, :scope > .arrows, :scope > .nodes").each(function () {
    world.node().appendChild(this);
  });
  const stage = document.getElementById("stage");
  const zoom = d3.zoom().scaleExtent([0.05, 4]).translateExtent([[-40, -40], [width + 40, height + 40]]).on("zoom", (event) => world.attr("transform", event.transform));
  svg.attr("viewBox", null).attr("width", null).attr("height", null).call(zoom).on("dblclick.zoom", null);
  svg.select(".ground").attr("width", "100%").attr("height", "100%");
  const size = () => [stage.clientWidth, stage.clientHeight];
  const fit = () => {
    const [w, h] = size();
    const scale = Math.min(w / width, h / height, 1);
    const at = d3.zoomIdentity.translate((w - width * scale) / 2, (h - height * scale) / 2).scale(scale);
    svg.call(zoom.transform, at);
  };
  const centre = (id) => {
    const [x, y] = d3.select(`.node[data-id="${CSS.escape(id)}"]`).attr("transform").match(/[-\d.]+/g).map(Number);
    svg.call(zoom.scaleTo, 1).call(zoom.translateTo, x + 107, y + 13);
  };

  const behind = (start, next) => {
    const met = new Set();
    const stack = [...next.get(start)];
    while (stack.length) {
      const id = stack.pop();
      if (!met.has(id)) {
        met.add(id);
        stack.push(...next.get(id));
      }
    }
    return met;
  };
  const clear = () => {
    svg.classed("chosen", false).selectAll(".lit, .self").classed("lit", false).classed("self", false);
    about.textContent = hint;
  };
  const choose = (id) => {
    const up = behind(id, needs);
    const down = behind(id, leads);
    clear();
    svg.classed("chosen", true);
    svg.selectAll(".node").classed("lit", function () {
      const name = this.dataset.id;
      return name === id || up.has(name) || down.has(name);
    }).classed("self", function () { return this.dataset.id === id; });
    const inside = (name, set) => name === id || set.has(name);
    svg.selectAll(".arrow").classed("lit", function () {
      const { from, to } = this.dataset;
      return (inside(from, up) && inside(to, up)) || (inside(from, down) && inside(to, down));
    });
    tell(id, up, down);
  };
  const list = (words, ids) => {
    const line = document.createElement("p");
    line.append(`${words} `);
    for (const id of ids) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = nodes.get(id).title;
      button.addEventListener("click", () => { choose(id); centre(id); });
      line.append(button);
    }
    if (!ids.length) line.append("nothing");
    return line;
  };
  const tell = (id, up, down) => {
    const node = nodes.get(id);
    const head = document.createElement("h2");
    head.textContent = node.title;
    const facts = document.createElement("p");
    const recall = node.recall === null ? "" : `, recall ${Math.round(100 * node.recall)} %`;
    const unlocks = node.unlocks ? `, unlocks ${node.unlocks}` : "";
    facts.textContent = `${node.look}, ${node.hours} h${recall}${unlocks}; stands on ${up.size} topics, leads to ${down.size} `;
    const code = document.createElement("code");
    code.textContent = `studyctl show ${id}`;
    facts.append(code);
    about.replaceChildren(head, facts, list("Needs", needs.get(id)), list("Leads to", leads.get(id)));
  };

  svg.selectAll(".node[data-id]").attr("tabindex", 0).attr("role", "button")
    .on("click", function (event) { event.stopPropagation(); choose(this.dataset.id); })
    .on("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose(this.dataset.id);
      }
    });
  svg.on("click", clear);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { search.value = ""; find(); clear(); }
    if (event.key === "/" && event.target !== search) { event.preventDefault(); search.focus(); }
  });

  const search = document.getElementById("search");
  const hits = () => {
    const wanted = search.value.trim().toLowerCase();
    if (!wanted) return [];
    return told.nodes.filter((node) => node.title.toLowerCase().includes(wanted) || node.id.includes(wanted));
  };
  const find = () => {
    const found = new Set(hits().map((node) => node.id));
    svg.classed("searching", search.value.trim() !== "");
    svg.selectAll(".node").classed("hit", function () { return found.has(this.dataset.id); });
  };
  search.addEventListener("input", find);
  search.addEventListener("change", () => {
    const found = hits();
    const exact = found.find((node) => node.title.toLowerCase() === search.value.trim().toLowerCase()) ?? found[0];
    if (exact) {
      svg.classed("searching", false);
      choose(exact.id);
      centre(exact.id);
    }
  });
  document.getElementById("in").addEventListener("click", () => svg.call(zoom.scaleBy, 1.4));
  document.getElementById("out").addEventListener("click", () => svg.call(zoom.scaleBy, 1 / 1.4));
  document.getElementById("fit").addEventListener("click", fit);
  fit();
  if (told.nodes.length > 60) {
    const first = told.nodes.find((node) => node.look === "studying") ?? told.nodes.find((node) => node.look === "ready");
    if (first) centre(first.id);
  }
  document.body.dataset.ready = "yes";
})();
