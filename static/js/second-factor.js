// Says so when a passkey or security key does not answer: allauth's script only writes it into the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("key-refused").hidden = false;
});
