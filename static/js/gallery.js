/* Galleries: arrow keys, two buttons and a counter for a list of photos that scrolls by
 * itself. Without this script it is swiped, or scrolled by its bar. */
(function () {
  var calm = matchMedia("(prefers-reduced-motion: reduce)");

  // The list of a gallery: which slide is in front, and bringing another there.
  function slidesOf(list) {
    var slides = list.children;
    var isRtl = getComputedStyle(list).direction === "rtl";
    var aim = 0; // under way to, for those who press faster than it moves
    var still;

    // How far a slide's beginning is from the list's.
    function off(i) {
      var a = slides[i].getBoundingClientRect();
      var b = list.getBoundingClientRect();
      return isRtl ? a.right - b.right : a.left - b.left;
    }
    function current() {
      var best = 0;
      for (var i = 1; i < slides.length; i++)
        if (Math.abs(off(i)) < Math.abs(off(best))) best = i;
      return best;
    }
    function step(by) {
      aim = Math.max(0, Math.min(slides.length - 1, aim + by));
      list.scrollBy({ left: off(aim), behavior: calm.matches ? "auto" : "smooth" });
    }
    list.addEventListener("scroll", function () {
      clearTimeout(still);
      still = setTimeout(function () {
        aim = current();
      }, 150);
    });
    return { n: slides.length, isRtl: isRtl, current: current, step: step };
  }

  function button(kind, name, press) {
    var b = document.createElement("button");
    b.type = "button";
    b.className = kind;
    b.setAttribute("aria-label", name);
    b.onclick = press;
    return b;
  }

  // Tells whoever sees or hears it where the list stands. A button at the end stays
  // where it is, so that the focus does too.
  function addBar(gallery, slides) {
    var said = gallery.dataset;
    var back = button("back", said.previous, slides.step.bind(null, -1));
    var on = button("on", said.next, slides.step.bind(null, 1));
    var count = document.createElement("span");
    var bar = document.createElement("p");
    bar.className = "turn";
    count.setAttribute("role", "status");
    bar.append(back, count, on);
    function show() {
      var i = slides.current();
      var text = i + 1 + " " + said.of + " " + slides.n;
      if (count.textContent !== text) count.textContent = text;
      back.setAttribute("aria-disabled", i === 0);
      on.setAttribute("aria-disabled", i === slides.n - 1);
    }
    show(); // before it is there, so that only what changes is read out
    gallery.prepend(bar);
    return show;
  }

  document.querySelectorAll(".gallery").forEach(function (gallery) {
    var list = gallery.querySelector(".slides");
    var slides = slidesOf(list);
    var show = addBar(gallery, slides);
    var forward = slides.isRtl ? "ArrowLeft" : "ArrowRight";
    list.addEventListener("keydown", function (e) {
      if (!/^Arrow(Left|Right)$/.test(e.key)) return;
      if (e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return;
      e.preventDefault();
      slides.step(e.key === forward ? 1 : -1);
    });
    list.addEventListener("scroll", function () {
      requestAnimationFrame(show);
    });
    addEventListener("resize", show);
  });
})();
