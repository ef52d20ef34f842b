onmessage = (message) => setInterval(() => postMessage(0), message.data)
