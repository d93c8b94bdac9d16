// On a telephone the tabs scroll sideways: the present one is brought into sight.
function show() {
  for (const present of document.querySelectorAll(".tabs [aria-current]")) {
    const row = present.closest("ul");
    const left = present.getBoundingClientRect().left - row.getBoundingClientRect().left;
    if (row.scrollWidth > row.clientWidth) row.scrollLeft += left - (row.clientWidth - present.offsetWidth) / 2;
  }
}

show();
addEventListener("resize", show);
