// 断点续传（tus 1.0）提交作品，显示进度、结论和通知原文。密钥只在内存中，不保存。
// Submits a work by a resumable upload (tus 1.0); shows progress, verdict and the notice's words. The key is not stored.
const SERVICE = document.documentElement.dataset.service;
const CHUNK = 4 << 20; // 字节 bytes
const element = id => document.getElementById(id);
const say = text => { element("state").textContent = text; };
const base64 = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

async function call(method, url, headers = {}, body = undefined) {
  const key = element("key").value.trim();
  const shown = { "Tus-Resumable": "1.0.0", ...(key && { Authorization: `Bearer ${key}` }), ...headers };
  const answer = await fetch(url, { method, headers: shown, body });
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => null);
  throw Object.assign(new Error(problem?.message.zh ?? `HTTP ${answer.status}`), { status: answer.status });
}
async function begin(file, fields) {
  const metadata = Object.entries(fields).map(([name, value]) => `${name} ${base64(value)}`).join(",");
  const answer = await call("POST", `${SERVICE}/v1/uploads`, { "Upload-Length": file.size, "Upload-Metadata": metadata });
  return new URL(answer.headers.get("Location"), SERVICE).href;
}
// 发送余下的部分，返回作品的地址。Sends what is left; returns the address of the entry.
async function send(file, fields, mark) {
  const place = localStorage.getItem(mark) ?? await begin(file, fields);
  localStorage.setItem(mark, place); // 关闭网页后也能继续 another visit goes on from here
  for (let answer = await call("HEAD", place); ;) {
    const offset = Number(answer.headers.get("Upload-Offset"));
    element("progress").value = offset / file.size;
    if (offset === file.size) return new URL(answer.headers.get("Content-Location"), SERVICE);
    say(`已上传 sent: ${Math.floor(100 * offset / file.size)}%`);
    const headers = { "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" };
    answer = await call("PATCH", place, headers, file.slice(offset, offset + CHUNK));
  }
}
async function submit(file) {
  const fields = { ...Object.fromEntries(new FormData(document.forms[0])), filename: file.name };
  const mark = JSON.stringify([SERVICE, fields, file.size, file.lastModified]);
  for (let entry; ; await new Promise(done => setTimeout(done, 1000))) try {
    entry ??= await send(file, fields, mark);
    const work = await (await call("GET", entry)).json();
    show(work);
    if (!work.check) return localStorage.removeItem(mark); // 画面和声音也已检查 picture and sound are judged, too
  } catch (error) { // 断线、429、5xx 再试 tries again after a broken line, 429 and 5xx
    if (!entry && [404, 410].includes(error.status)) localStorage.removeItem(mark); // 已过期 expired: begin anew
    else if (error.status < 500 && ![409, 429].includes(error.status)) return say(error.message);
    else say("断线，稍后继续 · the line broke, going on soon");
  }
}
function show(work) {
  say(`${{ accepted: "已接受", rejected: "未通过", open: "待定" }[work.standing]} ${work.standing} · 视频 video: ${work.report.verdict}${work.check ? " · 继续检查 still checking" : ""}`);
  element("findings").replaceChildren(...[...work.report.findings, ...work.admission].map(({ clause, message, outcome }) =>
    Object.assign(document.createElement("li"), { className: outcome, textContent: `“${clause}”：${message.zh}` })));
}
element("file").onchange = event => submit(event.target.files[0]);
for (const name of ["dragover", "dragleave", "drop"]) element("drop").addEventListener(name, event => {
  event.preventDefault();
  element("drop").classList.toggle("over", name === "dragover");
  if (name === "drop") submit(event.dataTransfer.files[0]);
});
