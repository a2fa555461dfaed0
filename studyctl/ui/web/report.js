// The pictures of the report, drawn by Observable Plot from the document in the page.
// Every chart is a function of the room it has; it is drawn again when that changes.
(() => {
  "use strict";
  const told = JSON.parse(document.getElementById("data").textContent);
  const day = (text) => new Date(`${text}T00:00:00Z`);
  const today = day(told.week.last);
  const colour = (name) => `var(--${name})`;
  const percent = (share) => `${Math.round(100 * share)} %`;
  const hours = (number) => `${number.toFixed(1)} h`;
  const span = (number) => number < 0.95 ? `${Math.round(60 * number)} min` : hours(number);
  const short = d3.utcFormat("%-d %b %Y");

  const YEAR = 52, SMALLEST = 17, TOUCHED = 24, LARGEST = 26; // weeks; sides of a day, in pixels

  const dated = (rows, key = "date") => rows.map((row) => ({ ...row, when: day(row[key]) }));
  const ticks = (width, each = 90) => Math.max(2, Math.floor(width / each));
  const base = (width, height, more) => ({
    width, height, marginLeft: 44, marginRight: 16, marginTop: 20, marginBottom: 34,
    style: { fontSize: "12px", background: "none" }, ...more,
  });
  const time = (width, more) => ({ type: "utc", label: null, ticks: ticks(width), tickFormat: calendar(width), ...more });
  const calendar = () => (when) => when.getUTCMonth() === 0 && when.getUTCDate() < 8
    ? d3.utcFormat("%Y")(when) : d3.utcFormat(when.getUTCDate() === 1 ? "%b" : "%-d %b")(when);
  const share = (more) => ({ domain: [0, 1], grid: true, ticks: 5, tickFormat: (d) => `${Math.round(d * 100)}`, label: "%", ...more });

  const charts = {
    "burn-up": (width) => {
      const past = dated(told.burn_up.past), ahead = dated(told.burn_up.ahead);
      const last = ahead.length ? ahead.at(-1) : past.at(-1);
      const total = told.burn_up.total;
      const scope = [...past.map((row) => ({ when: row.when, total: row.total })), { when: last.when, total }];
      const now = past.at(-1);
      const marks = [
        Plot.areaY(ahead, { x: "when", y1: "slow", y2: "soon", fill: colour("plan"), fillOpacity: 0.18 }),
        Plot.lineY(scope, { x: "when", y: "total", stroke: "currentColor", strokeWidth: 1.2, curve: "step-after" }),
        Plot.lineY(ahead, { x: "when", y: "likely", stroke: colour("plan"), strokeWidth: 2, strokeDasharray: "6 4" }),
        Plot.lineY(past, { x: "when", y: "learnt", stroke: colour("done"), strokeWidth: 2.6 }),
        Plot.dot([now], { x: "when", y: "learnt", fill: colour("done"), r: 4.5 }),
        Plot.text([last], { x: "when", y: () => total, text: () => `${Math.round(total)} h of the goals`, textAnchor: "end", dy: -9, fill: "currentColor" }),
        Plot.ruleY([0]),
        Plot.tip([...past.map((row) => ({ when: row.when, y: row.learnt, says: `${hours(row.learnt)} of ${hours(row.total)} learnt` })),
          ...ahead.map((row) => ({ when: row.when, y: row.likely, says: `likely ${hours(row.likely)}, ${hours(row.slow)} to ${hours(row.soon)}` }))],
          Plot.pointerX({ x: "when", y: "y", title: (d) => `${short(d.when)}\n${d.says}` })),
      ];
      return base(width, Math.min(380, 200 + width / 5), {
        x: time(width), y: { label: "hours", grid: true, ticks: 5, domain: [0, d3.max(scope, (d) => d.total) * 1.12] }, marks,
        key: [["learnt", "done"], ["likely", "plan", "6 4"], ["four of five cases", "plan", "band"]],
      });
    },
    // years of 52 weeks, of which the last one ends today; squares to be touched, so a row may be wider than the room
    days: (room, paper) => {
      const rows = dated(told.days), first = d3.utcMonday(rows[0].when);
      const back = (when) => d3.utcMonday.count(when, today);
      const columns = Math.min(YEAR, back(first) + 1), years = Math.floor(back(first) / YEAR) + 1;
      const fits = (room - 72) / columns, scrolls = fits < SMALLEST && !paper;
      const side = scrolls ? TOUCHED : Math.min(fits, LARGEST), between = 26;
      const column = (when) => columns - 1 - back(when) % YEAR, year = (when) => Math.floor(back(when) / YEAR);
      const place = (of) => ({ x: (d) => column(of(d)), y: (d) => of(d).getUTCDay(), fy: (d) => year(of(d)), rx: 2 });
      return base(columns * side + 72, years * 7 * side + (years - 1) * between + 30, {
        marginLeft: scrolls ? 28 : 44, marginRight: scrolls ? 44 : 28, marginTop: 24, marginBottom: 6, padding: 0,
        x: { type: "band", domain: d3.range(columns), axis: null, padding: 0.12 },
        y: { type: "band", domain: [1, 2, 3, 4, 5, 6, 0], axis: scrolls ? "right" : "left", label: null, tickSize: 0, padding: 0.12,
          tickFormat: (d) => ({ 1: "Mon", 3: "Wed", 5: "Fri", 0: "Sun" })[d] ?? "" },
        fy: { domain: d3.range(years).reverse(), axis: null, paddingInner: between / (7 * side + between), paddingOuter: 0 },
        color: { type: "threshold", domain: [0.25, 0.75, 1.5], range: ["h1", "h2", "h3", "h4"].map(colour) },
        marks: [
          Plot.cell(d3.utcDay.range(first, d3.utcDay.offset(today, 1)), { ...place((d) => d), fill: colour("h0") }),
          Plot.cell(rows, { ...place((d) => d.when), fill: "spent",
            title: (d) => `${short(d.when)}\n${span(d.study)} study, ${span(d.reviews)} reviews`, tip: { maxRadius: side } }),
          Plot.text(months(first, year, side), { x: (d) => column(d.when), fy: (d) => year(d.when), text: "says",
            frameAnchor: "top", textAnchor: "start", dx: -side / 2, dy: -15, fill: colour("quiet") }),
        ],
        key: [["none", "h0", "box"], ["under ¼ h", "h1", "box"], ["to ¾ h", "h2", "box"], ["to 1½ h", "h3", "box"], ["more", "h4", "box"]],
      });
    },
    weeks: (width) => {
      const rows = dated(told.weeks, "week"), inset = Math.min(0.6, width / rows.length / 16);
      const whole = rows.filter((row) => row.days === 7), end = whole.at(-1);
      const there = end ? [...whole, { ...end, when: d3.utcDay.offset(end.when, 7) }] : [];
      const parts = rows.flatMap((row) => [{ ...row, kind: "study", hours: row.study }, { ...row, kind: "reviews", hours: row.reviews }]);
      return base(width, 260, {
        x: time(width), y: { label: "hours", grid: true, ticks: 5 },
        color: { domain: ["study", "reviews"], range: [colour("done"), colour("h2")] },
        marks: [
          Plot.rectY(parts, { x1: "when", x2: (d) => d3.utcDay.offset(d.when, 7), y: "hours", fill: "kind", order: ["study", "reviews"], insetLeft: inset, insetRight: inset }),
          Plot.lineY(there, { x: "when", y: "available", curve: "step-after", stroke: "currentColor", strokeWidth: 1.4, strokeDasharray: "2 3" }),
          Plot.ruleY([0]),
          Plot.tip(rows, Plot.pointerX({ x: "when", y: "spent", title: (d) => `week of ${short(d.when)}\n${hours(d.study)} study, ${hours(d.reviews)} reviews\nof ${hours(d.available)}` })),
        ],
        key: [["study", "done", "box"], ["reviews", "h2", "box"], ["hours there were", "ink", "2 3"]],
      });
    },
    estimates: (width) => {
      const rows = told.estimates, most = d3.max(rows, (d) => Math.max(d.estimate, d.hours)) * 1.06;
      return base(Math.min(width, 520), Math.min(width, 520) * 0.8, {
        x: { label: "estimated, hours", domain: [0, most], grid: true, ticks: 6 }, y: { label: "taken, hours", domain: [0, most], grid: true, ticks: 6 },
        marks: [
          Plot.line([[0, 0], [most, most]], { stroke: "currentColor", strokeDasharray: "2 3" }),
          Plot.dot(rows, { x: "estimate", y: "hours", fill: colour("done"), fillOpacity: 0.65, r: 4, tip: true, title: (d) => `${d.topic}\n${hours(d.estimate)} estimated, ${hours(d.hours)} taken` }),
        ],
        key: [["one topic", "done", "dot"], ["as estimated", "ink", "2 3"]],
      });
    },
    recall: (width) => line(width, told.recall.all, 300, true),
    load: (width) => {
      const rows = dated(told.load, "week");
      return base(width, 250, {
        x: time(width, { ticks: d3.utcMonday.every(Math.ceil(rows.length / ticks(width, 62))) }), y: { label: "minutes a week", grid: true, ticks: 5 },
        marks: [
          Plot.rectY(rows, { x1: "when", x2: (d) => d3.utcDay.offset(d.when, 7), y: "minutes", fill: colour("accent"), fillOpacity: 0.75, insetLeft: 1.5, insetRight: 1.5 }),
          Plot.ruleX(rows, { x: (d) => d3.utcHour.offset(d.when, 84), y1: "minutes_low", y2: "minutes_high", stroke: "currentColor", strokeWidth: 1.6, marker: "tick" }),
          Plot.ruleY([0]),
          Plot.tip(rows, Plot.pointerX({ x: (d) => d3.utcHour.offset(d.when, 84), y: "minutes", title: (d) => `week of ${short(d.when)}${d.days < 7 ? ` (${d.days} days)` : ""}\n${Math.round(d.minutes)} min, ${Math.round(d.minutes_low)} to ${Math.round(d.minutes_high)}\n${Math.round(d.reviews)} reviews` })),
        ],
        key: [["mean of futures", "accent", "box"], ["four of five futures", "ink", "span"]],
      });
    },
    calibration: (width) => {
      const rows = told.retention.calibration.filter((d) => d.answers >= 5);
      const low = Math.floor(10 * Math.min(0.9, d3.min(rows, (d) => Math.min(d.recalled, d.predicted)) ?? 0.5)) / 10;
      const scale = (label) => ({ ...share({ label }), domain: [low, 1] });
      return base(Math.min(width, 460), Math.min(width, 460) * 0.85, {
        x: scale("predicted, %"), y: scale("recalled, %"), r: { range: [2.5, 13], domain: [0, d3.max(rows, (d) => d.answers)] },
        marks: [
          Plot.line([[low, low], [1, 1]], { stroke: "currentColor", strokeDasharray: "2 3" }),
          Plot.dot(rows, { x: "predicted", y: "recalled", r: "answers", fill: colour("plan"), fillOpacity: 0.6, stroke: colour("plan"), tip: true, title: (d) => `predicted ${percent(d.predicted)}, recalled ${percent(d.recalled)}\n${d.answers} answers` }),
        ],
        key: [["the larger, the more answers", "plan", "dot"], ["as predicted", "ink", "2 3"]],
      });
    },
    months: (width) => {
      const rows = told.retention.months.map((row) => ({ ...row, when: day(`${row.name}-01`) }));
      const low = Math.max(0, Math.floor(10 * (d3.min(rows, (d) => Math.min(d.recalled, d.predicted)) - 0.02)) / 10);
      return base(Math.min(width, 460), Math.min(width, 460) * 0.85, {
        x: time(width, { ticks: ticks(Math.min(width, 460)) }), y: { ...share(), domain: [low, 1] },
        marks: [
          Plot.lineY(rows, { x: "when", y: "predicted", stroke: colour("plan"), strokeWidth: 2, strokeDasharray: "6 4" }),
          Plot.lineY(rows, { x: "when", y: "recalled", stroke: colour("done"), strokeWidth: 2.4 }),
          Plot.dot(rows, { x: "when", y: "recalled", fill: colour("done"), r: 2.6 }),
          Plot.tip(rows, Plot.pointerX({ x: "when", y: "recalled", title: (d) => `${d.name}\n${percent(d.recalled)} recalled, ${percent(d.predicted)} predicted\n${d.answers} answers` })),
        ],
        key: [["recalled", "done"], ["predicted", "plan", "6 4"]],
      });
    },
  };
  told.recall.areas.forEach((area, at) => { charts[`recall-${at}`] = (width) => line(width, area, 150, false); });

  function line(width, series, height, labels) {
    const past = dated(series.past), ahead = dated(series.if_you_stop);
    const ends = [past[0]?.when ?? today, ahead.at(-1)?.when ?? today];
    return base(width, height, {
      marginLeft: labels ? 44 : 30, marginTop: labels ? 20 : 14, marginRight: labels ? 44 : 38,
      x: time(width, { domain: ends, ticks: ticks(width, labels ? 90 : 70) }), y: share({ label: labels ? "%" : null, ticks: labels ? 5 : 2 }),
      marks: [
        Plot.ruleX([today], { stroke: colour("line") }),
        Plot.ruleY([0.7], { stroke: colour("quiet"), strokeDasharray: "1 4" }),
        Plot.lineY(past, { x: "when", y: "recall", stroke: colour("done"), strokeWidth: labels ? 2.4 : 1.8 }),
        Plot.dot(past.length < 2 ? past : [], { x: "when", y: "recall", fill: colour("done"), r: 3 }),
        Plot.lineY(ahead, { x: "when", y: "recall", stroke: colour("stop"), strokeWidth: labels ? 2.4 : 1.8, strokeDasharray: "6 4" }),
        Plot.text(ahead.slice(-1), { x: "when", y: "recall", text: (d) => percent(d.recall), textAnchor: "start", dx: 5, fill: colour("stop") }),
        Plot.ruleY([0]),
        Plot.tip([...past.map((d) => ({ ...d, says: "" })), ...ahead.slice(1).map((d) => ({ ...d, says: ", if you stop" }))],
          Plot.pointerX({ x: "when", y: "recall", title: (d) => `${short(d.when)}\n${percent(d.recall)}${d.says}` })),
      ],
      key: labels ? [["as it was", "done"], ["if you stop today", "stop", "6 4"], ["faded under this", "quiet", "1 4"]] : null,
    });
  }
  // what stands over the squares: each month where it begins, the last of a row with its year, and the beginning of
  // a row where there is room
  function months(first, year, side) {
    const label = (when, format) => ({ when, says: d3.utcFormat(format)(when) });
    const begin = d3.utcMonth.range(d3.utcMonth.ceil(first), d3.utcDay.offset(today, 1));
    const last = d3.rollup(begin, (dates) => +dates.at(-1), year);
    const rows = d3.range(YEAR - 1, d3.utcMonday.count(first, today), YEAR).map((weeks) => d3.utcDay.offset(d3.utcMonday(today), -7 * weeks));
    const alone = (when) => d3.utcMonday.count(when, d3.utcMonth.ceil(when)) * side > 64;
    return [...begin.map((when) => label(when, +when === last.get(year(when)) ? "%b %Y" : when.getUTCMonth() ? "%b" : "%Y")),
      ...[first, ...rows].filter((when) => alone(when) || !last.has(year(when))).map((when) => label(when, "%b %Y"))];
  }

  // a key of shapes and words, in HTML, so that it wraps and can be read
  function key(rows) {
    const list = document.createElement("ul");
    list.className = "key";
    for (const [words, name, how] of rows) {
      const item = document.createElement("li");
      const shape = { box: "box", dot: "dot", band: "band", span: "span" }[how] ?? "line";
      const dash = shape === "line" && how ? `stroke-dasharray="${how}"` : "";
      const fill = colour(name);
      const drawn = {
        box: `<rect x="3" y="1" width="12" height="12" rx="2" fill="${fill}"/>`,
        dot: `<circle cx="10" cy="7" r="5" fill="${fill}"/>`,
        band: `<rect width="20" height="14" fill="${fill}" opacity=".22"/>`,
        span: `<path d="M10 1V13M6 1h8M6 13h8" stroke="${fill}" stroke-width="1.6" fill="none"/>`,
        line: `<path d="M0 7H20" stroke="${fill}" stroke-width="2.4" ${dash}/>`,
      }[shape];
      item.innerHTML = `<svg width="20" height="14" aria-hidden="true">${drawn}</svg>`;
      item.append(words);
      list.append(item);
    }
    return list;
  }

  function draw(place, width, paper = false) {
    const make = charts[place.dataset.chart];
    if (!make || width < 40) return;
    const { key: words, ...options } = make(Math.floor(width), paper);
    const svg = Plot.plot({ ...options, ariaLabel: place.dataset.label, ariaDescription: place.dataset.says });
    svg.setAttribute("role", "img");
    const wider = options.width - place.clientWidth;
    place.replaceChildren(...(words ? [key(words)] : []), wider > 0 && !paper ? frame(place, svg, wider) : svg);
    place.dataset.width = Math.floor(width);
  }
  // a picture that is wider than its place: moved out to both sides, and moved along in a frame where that is not enough
  function frame(place, svg, wider) {
    const box = document.createElement("div");
    box.className = "scroll";
    Object.assign(box, { tabIndex: 0, role: "region", ariaLabel: place.dataset.label });
    const out = Math.min(wider, broad() - place.clientWidth) / 2;
    box.style.margin = `0 ${-Math.max(0, out)}px`;
    box.append(svg);
    requestAnimationFrame(() => { box.scrollLeft = box.scrollWidth; });
    return box;
  }
  const broad = () => document.documentElement.clientWidth - 40;
  const room = (place) => place.dataset.chart === "days" ? Math.max(place.clientWidth, broad()) : place.clientWidth;
  const places = [...document.querySelectorAll("[data-chart]")];
  const all = () => places.forEach((place) => draw(place, room(place)));
  all();
  const watch = new ResizeObserver(() => places.forEach((place) => {
    if (Math.abs(room(place) - (Number(place.dataset.width) || 0)) > 1) draw(place, room(place));
  }));
  [document.body, ...places].forEach((one) => watch.observe(one));
  // on paper there is another width, and no time to observe it
  const paper = (place) => place.closest(".grid") ? 214 : place.closest(".two") ? 330 : 686; // pixels, as the style sheet has it
  addEventListener("beforeprint", () => places.forEach((place) => draw(place, paper(place), true)));
  addEventListener("afterprint", () => all());
  document.documentElement.dataset.drawn = "yes";
})();
