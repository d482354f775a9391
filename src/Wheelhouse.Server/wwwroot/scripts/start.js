// Starts the pages, keeps trying to reconnect, and holds the few things that only a browser can do.
(() => {
  const modal = document.getElementById("components-reconnect-modal");

  // A restarted server does not know the page any more: its address says all that is needed to show it again.
  modal.addEventListener("components-reconnect-state-changed", event => {
    if (event.detail.state === "rejected") location.reload();
  });

  Blazor.start({
    circuit: {
      reconnectionOptions: { maxRetries: 100000, retryIntervalMilliseconds: attempt => Math.min(250 * (attempt + 1), 3000) },
    },
  });

  // A tab that wakes up from sleep need not wait for the next try.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && modal.classList.contains("components-reconnect-show")) Blazor.reconnect().then(ok => ok || location.reload(), () => {});
  });

  window.wheelhouse = {
    theme: () => document.documentElement.dataset.theme,
    setTheme(theme) {
      document.documentElement.dataset.theme = theme;
      document.cookie = `wheelhouse_theme=${theme};path=/;max-age=31536000;samesite=lax`;
    },
    async copy(text) {
      if (navigator.clipboard) return navigator.clipboard.writeText(text);
      // Over plain http a browser gives its clipboard only to what is selected.
      const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "visually-hidden" });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    },
    focus: id => document.getElementById(id)?.focus(),
    // Selects a part of a line of an editor (lines and columns from 1), and shows it in the middle.
    select(id, line, column, length) {
      const text = document.getElementById(id);
      if (!text) return;
      const before = text.value.split("\n").slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
      text.focus({ preventScroll: true });
      text.setSelectionRange(before + column - 1, before + column - 1 + length);
      const sheet = text.closest(".editor");
      sheet.scrollTop = (line - 1) * parseFloat(getComputedStyle(text).lineHeight) - sheet.clientHeight / 2;
      sheet.scrollIntoView({ block: "nearest" });
    },
    showEnd: id => {
      const list = document.getElementById(id);
      if (list) list.scrollTop = list.scrollHeight;
    },
    showLine: (id, index, height) => {
      const list = document.getElementById(id);
      if (list) list.scrollTop = Math.max(0, index * height - list.clientHeight / 2);
    },
  };
})();
