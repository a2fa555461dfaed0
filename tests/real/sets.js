// Reads [[name, formula, display], ...] as JSON from stdin, sets each with MathJax, and writes
// those that fail, [[name, formula, reason], ...]. The packages are those that Anki loads, with
// what it loads on demand, but without the two that show an error instead of raising it.
const root = process.argv[2];
const load = (name) => require(root + "/js/" + name);
const { mathjax } = load("mathjax.js");
const { TeX } = load("input/tex.js");
const { CHTML } = load("output/chtml.js");
const { liteAdaptor } = load("adaptors/liteAdaptor.js");
const { RegisterHTMLHandler } = load("handlers/html.js");
load("input/tex/AllPackages.js");

RegisterHTMLHandler(liteAdaptor());
const packages = [
  "base", "action", "ams", "amscd", "bbox", "boldsymbol", "braket", "cancel", "color", "configmacros",
  "enclose", "extpfeil", "mathtools", "mhchem", "newcommand", "unicode", "verb",
];
const failing = { formatError: (_, error) => { throw error; } };
const page = mathjax.document("", { InputJax: new TeX({ packages, ...failing }), OutputJax: new CHTML() });
const failed = [];
for (const [name, formula, display] of JSON.parse(require("fs").readFileSync(0))) {
  try {
    page.convert(formula, { display });
  } catch (error) {
    failed.push([name, formula, error.message]);
  }
}
console.log(JSON.stringify({ version: mathjax.version, failed }));
