// Draws what stands in the page as tables and lists too. Words are drawn on a canvas, so none of them can be markup.
"use strict";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const ARROWS = { ">=": "triangle", ">": "triangle", "<=": "triangle", "<": "triangle" };
const drawn = [];
const written = (value) => value.toLocaleString(document.documentElement.lang);

function dots(values, box) {
  const narrow = box.clientWidth < 560; // there a label stands above its dot, and not beside it
  const rows = [...values.dots].reverse();
  const ink = colour("ink"), soft = colour("soft"), line = colour("line");
  return {
    height: Math.max(160, 70 + rows.length * (narrow ? 44 : 24)),
    option: {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 70, top: 8, bottom: 28, containLabel: true },
      tooltip: { renderMode: "richText", trigger: "item", formatter: (at) => `${rows[at.dataIndex].label}\n${rows[at.dataIndex].sign} ${rows[at.dataIndex].words}` },
      xAxis: { type: "value", scale: true, splitNumber: narrow ? 3 : 5, axisLabel: { color: soft, formatter: written, hideOverlap: true }, splitLine: { lineStyle: { color: line } } },
      yAxis: { type: "category", data: rows.map((row) => row.label), z: 3, axisLabel: { color: ink, overflow: "truncate", ...(narrow ? { inside: true, margin: 0, width: box.clientWidth - 24, verticalAlign: "bottom", padding: [0, 0, 5, 0], fontSize: 11 } : { width: 190 }) }, axisTick: { show: false }, axisLine: { show: false }, splitLine: { show: true, lineStyle: { color: line } } },
      series: [{
        type: "scatter",
        data: rows.map((row) => ({
          value: row.value,
          symbol: ARROWS[row.comparator] || "circle",
          symbolRotate: row.comparator[0] === ">" ? -90 : 90,
        })),
        symbolSize: 12,
        symbolOffset: [0, narrow ? 9 : 0],
        itemStyle: { color: colour("shade5") },
        label: { show: true, position: "right", color: ink, formatter: (at) => rows[at.dataIndex].words },
      }],
    },
  };
}

function years(values) {
  const ink = colour("ink"), soft = colour("soft"), line = colour("line");
  const series = (key, type, more) => ({ name: values.words[key], type, data: values.years.map((year) => year[key === "lowest" ? "low" : key === "highest" ? "high" : "mean"]), ...more });
  return {
    height: 200,
    option: {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 16, top: 30, bottom: 8, containLabel: true },
      legend: { textStyle: { color: ink }, top: 0 },
      tooltip: { renderMode: "richText", trigger: "axis", valueFormatter: written },
      xAxis: { type: "category", data: values.years.map((year) => year.label), axisLabel: { color: ink, hideOverlap: true } },
      yAxis: { type: "value", splitNumber: 4, axisLabel: { color: soft, formatter: written, hideOverlap: true }, splitLine: { lineStyle: { color: line } } },
      series: [
        series("mean", "bar", { itemStyle: { color: colour("shade4") }, barMaxWidth: 46 }),
        series("lowest", "scatter", { itemStyle: { color: colour("deadline") }, symbolSize: 9 }),
        series("highest", "scatter", { itemStyle: { color: colour("target") }, symbolSize: 9 }),
      ],
    },
  };
}

function graph(values, box) {
  const ink = colour("ink");
  const wide = box.clientWidth;
  const place = (rows, y) => rows.map((row, i) => ({ name: `${y}-${i}`, title: row.label, href: row.href, x: ((i + 0.5) / rows.length) * wide, y: y + (i % 3) * 26, relation: row.relation }));
  const middle = values.above.length ? 155 : 40;
  const height = values.below.length ? middle + 165 : middle + 50;
  const above = place(values.above, 30), below = place(values.below, middle + 70);
  const own = { name: "own", title: values.own, x: wide / 2, y: middle, symbolSize: 18, itemStyle: { color: colour("deadline") }, label: { fontWeight: "bold" } };
  // Two corners that nobody sees keep the drawing from being stretched to its box.
  const corners = [[0, 0], [wide, height]].map(([x, y], i) => ({ name: `corner-${i}`, x, y, symbolSize: 0, label: { show: false }, tooltip: { show: false } }));
  const links = [...above.map((one) => ({ source: one.name, target: "own" })), ...below.map((one) => ({ source: "own", target: one.name }))];
  return {
    height,
    option: {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: { renderMode: "richText", formatter: (at) => (at.dataType === "node" ? [at.data.title, at.data.relation].filter(Boolean).join("\n") : "") },
      series: [{
        type: "graph", layout: "none", roam: false, symbolSize: 11, edgeSymbol: ["none", "arrow"], edgeSymbolSize: 7, left: 0, right: 0, top: 0, bottom: 0,
        data: [own, ...above, ...below, ...corners], links,
        itemStyle: { color: colour("shade4") }, lineStyle: { color: colour("soft"), opacity: 0.6 },
        label: { show: true, position: "bottom", color: ink, fontSize: 11, width: 130, overflow: "truncate", formatter: (at) => at.data.title },
      }],
    },
  };
}

const KINDS = { dots, years, graph };

function draw(box) {
  const values = JSON.parse(box.dataset.values);
  const { height, option } = KINDS[box.dataset.chart](values, box);
  const old = echarts.getInstanceByDom(box);
  if (old) old.dispose();
  box.style.height = height + "px";
  const chart = echarts.init(box, null, { renderer: "canvas" });
  chart.setOption(option);
  chart.on("click", (at) => { if (at.data && at.data.href) location.href = at.data.href; });
  box.dataset.ready = "yes";
  return { box, chart, values };
}

addEventListener("load", () => {
  for (const box of document.querySelectorAll("[data-chart]")) drawn.push(draw(box));
  const link = document.querySelector("[data-picture]");
  const first = drawn.find((one) => one.box.dataset.chart === "dots");
  if (link && first) {
    link.hidden = false;
    link.addEventListener("click", () => {
      link.download = `${first.values.name}.png`;
      link.href = echarts.getInstanceByDom(first.box).getDataURL({ type: "png", pixelRatio: 2, backgroundColor: colour("paper") });
    });
  }
});
addEventListener("resize", () => { for (const one of drawn) draw(one.box); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { for (const one of drawn) draw(one.box); });
