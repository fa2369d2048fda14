package io.triport.storage.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.request.Bytes;
import io.triport.testkit.ScriptedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server of the API on loopback, that answers each byte in a chunk of its own. The monitor guards the script. */
final class ScriptedServer implements ScriptedModel, AutoCloseable {
    private static final int MOST_SECONDS = 30;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final CountDownLatch broken = new CountDownLatch(1);
    private List<String> pieces = List.of("answer");
    private String calls = "";
    private Finish finish = Finish.END;
    private int status;
    private int refusals;
    private int asked;
    private String last = "";
    private String lastHead = "";

    private enum Finish {
        END,
        HANG,
        BREAK
    }

    /** What a call meets. */
    private record Script(List<String> pieces, String calls, Finish finish, int refused) {}

    ScriptedServer() throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/v1/");
    }

    synchronized String lastHead() {
        return lastHead;
    }

    @Override
    public void answer(String... said) {
        script(Finish.END, "", said);
    }

    @Override
    public void callTools(String json) {
        script(Finish.END, json);
    }

    @Override
    public synchronized void refuse(int with, int times) {
        status = with;
        refusals = times;
    }

    @Override
    public void hangAfter(String... said) {
        script(Finish.HANG, "", said);
    }

    @Override
    public void breakAfter(String... said) {
        script(Finish.BREAK, "", said);
    }

    @Override
    public void breakNow() {
        broken.countDown();
    }

    @Override
    public synchronized int asked() {
        return asked;
    }

    @Override
    public synchronized String lastAsked() {
        return last;
    }

    @Override
    public void awaitGone() {
        await(gone);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody has come or gone");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void script(Finish how, String json, String... said) {
        pieces = List.of(said);
        finish = how;
        calls = json;
    }

    private synchronized Script asked(String head, String body) {
        asked++;
        last = body.replace(" ", "");
        lastHead = head;
        var refused = refusals > 0 ? status : 0;
        refusals = Math.max(0, refusals - 1);
        return new Script(pieces, calls, finish, refused);
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = socket.getInputStream();
            var head = head(in);
            while (!head.isEmpty()) {
                var length = Integer.parseInt(head.replaceAll("(?si).*\r\ncontent-length: *([0-9]+).*", "$1"));
                var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                if (!answered(socket, head, body, asked(head, body))) {
                    return;
                }
                head = head(in);
            }
        } catch (IOException e) {
            // The client went, which some tests want to see elsewhere.
        } finally {
            open.remove(socket);
        }
    }

    /** With its empty line; empty at the end. */
    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** @return whether the connection lives on */
    private boolean answered(Socket socket, String head, String body, Script script) throws IOException {
        var out = socket.getOutputStream();
        if (script.refused > 0) {
            refuse(out, script.refused, body);
            return true;
        }
        var question = Json.parse(Bytes.utf8(
                head.contains("/embeddings") || head.contains("/chat") || head.contains("/responses") ? body : "{}"));
        if (head.contains("/embeddings")) {
            whole(out, "application/json", embeddings(question));
        } else if (head.contains("/passed")) {
            whole(out, "application/json; charset=utf-8", Bytes.utf8(body));
        } else {
            return text(socket, head.contains("/responses") ? new ResponsesWords() : new ChatWords(), question, script);
        }
        return true;
    }

    private boolean text(Socket socket, Words words, JsonNode question, Script script) throws IOException {
        var out = socket.getOutputStream();
        if (!question.path("stream").asBoolean()) {
            if (script.finish == Finish.HANG) {
                awaitEnd(socket);
                return false;
            }
            whole(out, "application/json", Bytes.utf8(words.whole(script.pieces, script.calls)));
            return true;
        }
        if (script.finish == Finish.HANG && script.pieces.isEmpty()) {
            awaitEnd(socket);
            return false;
        }
        out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"));
        chunks(out, ": a comment\r\n\r\n");
        for (var piece : words.pieces(script.pieces, script.calls)) {
            chunks(out, "data: " + piece + "\n\n");
        }
        switch (script.finish) {
            case END -> {
                for (var piece : words.end(script.pieces.size())) {
                    chunks(out, "event: end\rdata: " + piece + "\r\n\r\n");
                }
                out.write(ascii("0\r\n\r\n"));
                out.flush();
            }
            case HANG -> awaitEnd(socket);
            case BREAK -> await(broken);
        }
        return script.finish == Finish.END;
    }

    /** Until the client closes its side, or resets it. */
    private void awaitEnd(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                throw new AssertionError("the client asks on");
            }
        } catch (IOException e) {
            // As good as an end.
        }
        gone.countDown();
    }

    private static void refuse(OutputStream out, int status, String body) throws IOException {
        var text = ("refused: " + body).getBytes(StandardCharsets.UTF_8);
        out.write(ascii("HTTP/1.1 " + status + " Refused\r\nRetry-After: " + RETRY_AFTER.toSeconds()
                + "\r\nContent-Length: " + text.length + "\r\n\r\n"));
        out.write(text);
        out.flush();
    }

    private static void whole(OutputStream out, String type, Bytes body) throws IOException {
        out.write(
                ascii("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + body.size() + "\r\n\r\n"));
        out.write(body.toByteArray());
        out.flush();
    }

    private static void chunks(OutputStream out, String text) throws IOException {
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            out.write(ascii("1\r\n"));
            out.write(octet);
            out.write(ascii("\r\n"));
            out.flush();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The last text first. */
    private static Bytes embeddings(JsonNode question) {
        var answer = Json.object();
        var data = answer.putArray("data");
        for (var at = question.path("input").size() - 1; at >= 0; at--) {
            var text = question.path("input").path(at).asText();
            var one = data.addObject().put("index", at);
            one.putArray("embedding")
                    .add(text.length() / 100.0)
                    .add(text.hashCode() % 1000 / 1000.0)
                    .add(1);
        }
        answer.putObject("usage").put("prompt_tokens", 7);
        return Json.bytes(answer);
    }

    /** How an API says it. */
    private interface Words {
        String whole(List<String> pieces, String calls);

        List<String> pieces(List<String> pieces, String calls);

        List<String> end(int pieces);
    }

    private static final class ChatWords implements Words {
        @Override
        public String whole(List<String> pieces, String calls) {
            var answer = Json.object();
            var choice = answer.putArray("choices").addObject().put("finish_reason", "stop");
            said(choice.putObject("message"), String.join("", pieces), calls);
            answer.set("usage", usage(pieces.size()));
            return answer.toString();
        }

        @Override
        public List<String> pieces(List<String> pieces, String calls) {
            var all = new java.util.ArrayList<String>();
            pieces.forEach(piece -> all.add(chunk(piece, "")));
            if (!calls.isEmpty()) {
                all.add(chunk("", calls));
            }
            return all;
        }

        private static String chunk(String text, String calls) {
            var answer = Json.object();
            said(answer.putArray("choices").addObject().putObject("delta"), text, calls);
            return answer.toString();
        }

        private static void said(ObjectNode into, String text, String calls) {
            if (calls.isEmpty()) {
                into.put("content", text);
            } else {
                into.putNull("content").set("tool_calls", Json.parse(Bytes.utf8(calls)));
            }
        }

        @Override
        public List<String> end(int pieces) {
            var reason = Json.object();
            reason.putArray("choices").addObject().put("finish_reason", "stop").putObject("delta");
            var usage = Json.object();
            usage.putArray("choices");
            usage.set("usage", usage(pieces));
            return List.of(reason.toString(), usage.toString(), "[DONE]");
        }

        private static ObjectNode usage(int pieces) {
            return Json.object().put("prompt_tokens", 1).put("completion_tokens", Math.max(1, pieces));
        }
    }

    private static final class ResponsesWords implements Words {
        @Override
        public String whole(List<String> pieces, String calls) {
            return response(String.join("", pieces), calls, pieces.size()).toString();
        }

        private static ObjectNode response(String text, String calls, int pieces) {
            var answer = Json.object().put("status", "completed");
            var output = answer.putArray("output");
            output.addObject().put("type", "reasoning");
            if (calls.isEmpty()) {
                output.addObject()
                        .put("type", "message")
                        .putArray("content")
                        .addObject()
                        .put("type", "output_text")
                        .put("text", text);
            } else {
                Json.parse(Bytes.utf8(calls)).forEach(output::add);
            }
            answer.putObject("usage").put("input_tokens", 1).put("output_tokens", Math.max(1, pieces));
            return answer;
        }

        @Override
        public List<String> pieces(List<String> pieces, String calls) {
            var all = new java.util.ArrayList<String>();
            all.add(Json.object().put("type", "response.created").toString());
            pieces.forEach(piece -> all.add(Json.object()
                    .put("type", "response.output_text.delta")
                    .put("delta", piece)
                    .toString()));
            if (!calls.isEmpty()) {
                Json.parse(Bytes.utf8(calls)).forEach(call -> {
                    var step = Json.object().put("type", "response.output_item.done");
                    step.set("item", call);
                    all.add(step.toString());
                });
            }
            return all;
        }

        @Override
        public List<String> end(int pieces) {
            var step = Json.object().put("type", "response.completed");
            step.set("response", response("", "", pieces));
            return List.of(step.toString());
        }
    }
}
