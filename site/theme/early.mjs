// Before the page is painted: the theme that its reader has chosen, and that there are scripts.
const root = document.documentElement;
root.classList.add('scripted');
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
} catch {
  // A browser that keeps nothing for this page: the system's theme holds.
}
