// Counts down to the second what the page says in words. The time left is the server's,
// so a wrong clock of the reader's machine changes nothing.
for (const place of document.querySelectorAll(".countdown")) {
  const [before, days, hours, minutes, seconds, over] = place.dataset.words.split("|");
  const end = performance.now() + Number(place.dataset.left) * 1000;
  const units = [
    [86400, days],
    [3600, hours],
    [60, minutes],
    [1, seconds],
  ];
  const show = () => {
    let left = Math.ceil((end - performance.now()) / 1000);
    if (left <= 0) {
      place.textContent = over;
      return;
    }
    const parts = units.map(([size, name]) => {
      const n = Math.floor(left / size);
      left -= n * size;
      return [n, name];
    });
    const first = parts.findIndex(([n]) => n > 0);
    place.textContent = [before, ...parts.slice(first).flat()].join(" ");
    setTimeout(show, 250);
  };
  show();
}
