// A photo's page: the point that every part cut out of it keeps, set by a click on the
// picture or by the arrow keys (with Shift in larger steps), and one key that confirms.
// The two fields hold the point, so whoever has no script types it.
const crops = [...document.querySelectorAll("svg.crop")];
const picture = crops.find((svg) => svg.querySelector(".point"));
const fields = ["x", "y"].map((axis) => document.getElementById(`f-focal_${axis}`));
const within = (n, low, high) => Math.min(Math.max(n, low), high);

// Where the fields say it is, in percent.
const point = () =>
  fields.map((field) => {
    const n = Number.parseFloat(field.value.replace(",", "."));
    return Number.isFinite(n) ? within(n, 0, 100) : 50;
  });

// The part of these proportions around the point, as model/rendition.c cuts it.
function part(ratio, sides) {
  const size = [...sides];
  if (sides[0] > sides[1] * ratio) size[0] = Math.round(sides[1] * ratio);
  else size[1] = Math.round(sides[0] / ratio);
  const begin = point().map((percent, i) => {
    const at = Math.floor((percent * sides[i]) / 100) - Math.floor(size[i] / 2);
    return within(at, 0, sides[i] - size[i]);
  });
  return [...begin, ...size].join(" ");
}

function show() {
  const sides = picture.getAttribute("viewBox").split(" ").slice(2).map(Number);
  const mark = picture.querySelector(".point");
  for (const [i, axis] of ["x", "y"].entries()) mark.setAttribute(axis, `${point()[i]}%`);
  for (const svg of crops) {
    const [x, y] = svg.dataset.ratio.split("/").map(Number);
    if (x > 0) svg.setAttribute("viewBox", part(x / y, sides));
  }
}

function set(percents) {
  for (const [i, n] of percents.entries())
    fields[i].value = String(Math.round(within(n, 0, 100) * 10) / 10);
  show();
}

function move(event) {
  const steps = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };
  const step = steps[event.key];
  if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  set(point().map((n, i) => n + step[i] * (event.shiftKey ? 10 : 1)));
}

if (picture && fields.every(Boolean)) {
  picture.setAttribute("tabindex", "0");
  picture.setAttribute("role", "application");
  picture.setAttribute("aria-describedby", "f-focal_x-hint");
  picture.classList.add("settable");
  picture.addEventListener("keydown", move);
  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * 100;
    set([x, ((event.clientY - box.top) / box.height) * 100]);
  });
  for (const field of fields) field.addEventListener("input", show);
}

document.addEventListener("keydown", (event) => {
  const button = document.querySelector('button[aria-keyshortcuts="Control+Enter"]');
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !button) return;
  event.preventDefault();
  button.form.requestSubmit(button);
});
