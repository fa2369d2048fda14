package io.triport.e2e.kv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.kv.HostileRequest.Framing;
import io.triport.identity.hmac.SigningHeaders;
import io.triport.testkit.AtOnce;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that no server may take, from plain sockets to the proxy as it is delivered. */
final class HostileHttpTest {
    private static final String GET = "{\"namespace\":\"CACHE\",\"key\":\"k\"}";
    private static final String BEARER = "a-bearer-token-that-no-log-may-show";
    private static final String COOKIE = "a-cookie-that-no-log-may-show";
    /** What an attacker would like to be read as the next request. */
    private static final String BEHIND = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static final String CLOSE = "Connection: close\r\n";
    private static final List<String> PIECES = List.of(
            "\r",
            "\n",
            "\r\n",
            "\r\n\r\n",
            "\0",
            " ",
            "\t",
            ":",
            ",",
            ";",
            "0",
            "f",
            "\u007f",
            "\u00e4",
            "Host: b\r\n",
            "Content-Length: 3\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Expect: x\r\n",
            "HTTP/1.0",
            "//",
            "%");
    private static final int WORKERS = 8;
    private static final int DISGUISES = 12;
    private static final int DAMAGED_OF_A_WORKER = 75;
    private static final long SEED = 20_260_102;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) [^\r\n]*\r\n");

    /** What the client does when it has sent all. */
    private enum After {
        WAITING,
        CLOSING
    }

    @TempDir
    private Path directory;

    @Test
    void each_gets_one_reply_or_the_end_and_the_log_shows_neither_a_trace_nor_a_secret() throws IOException {
        var environment = new HashMap<>(TestKeyMap.environment());
        environment.put("TRIPORT_LIMITS_REJECTED_CREDENTIALS", "100000");
        try (var node = KvNode.start(directory, "node", Map.copyOf(environment));
                var client = TestKeyMap.all()) {
            var signed = client.sign("get", GET);

            AtOnce.run(WORKERS, worker -> () -> attack(node.address(), signed, worker));
            assertThat(client.send(node.address(), signed).status())
                    .as("no hostile copy of it was executed")
                    .isEqualTo(200);
            AtOnce.run(WORKERS, worker -> () -> damage(node.address(), signed, worker));

            assertThat(client.call(node.address(), "get", GET).status()).isEqualTo(200);
            node.terminate();
            node.exit();
            assertThat(node.output().lines())
                    .hasSizeGreaterThan(100)
                    .noneMatch(
                            line -> line.startsWith("\tat ") || line.contains("Exception") || line.contains(" ERROR "));
            assertThat(node.output())
                    .doesNotContain(TestKeyMap.ALL_SECRET, TestKeyMap.LIMITED_SECRET, BEARER, COOKIE)
                    .doesNotContain(signed.header(SigningHeaders.SIGNATURE), signed.header(SigningHeaders.NONCE));
        }
    }

    private static int attack(URI address, WireClient.Signed signed, int worker) throws IOException {
        var random = new Random(SEED + worker);
        var harmless = harmless(signed);
        var requests = HostileRequest.all();
        var sent = 0;
        for (var number = worker; number < requests.size() * DISGUISES; number += WORKERS) {
            var request = requests.get(number / DISGUISES).disguised(random, harmless);
            var behind = request.framing() == Framing.BROKEN ? BEHIND : "";
            assertRefused(request, replies(address, request.text() + behind, After.WAITING));
            sent++;
        }
        return sent;
    }

    private static int damage(URI address, WireClient.Signed signed, int worker) throws IOException {
        var random = new Random(SEED + worker);
        for (var number = 0; number < DAMAGED_OF_A_WORKER; number++) {
            var text = damaged(random, harmless(signed));
            assertThat(statuses(replies(address, text, After.CLOSING))).as(text).hasSizeLessThanOrEqualTo(1);
        }
        return DAMAGED_OF_A_WORKER;
    }

    /** Lines that are sound by themselves, with all that a log must not show. */
    private static List<String> harmless(WireClient.Signed signed) {
        var lines = new ArrayList<>(List.of(
                "Accept: */*", "User-Agent: a", "Authorization: Bearer " + BEARER, "Cookie: s=" + COOKIE, "X-A: b"));
        signed.headers().forEach((name, value) -> lines.add(name + ": " + value));
        return lines;
    }

    private static void assertRefused(HostileRequest request, String replies) {
        var head = replies.split("\r\n\r\n", 2);
        assertThat(statuses(replies)).as(request.text()).containsExactly(request.status());
        assertThat(head[0].toLowerCase(Locale.ROOT).lines())
                .contains("content-length: " + head[1].length(), "connection: close");
    }

    private static List<Integer> statuses(String replies) {
        return STATUS.matcher(replies)
                .results()
                .map(result -> Integer.parseInt(result.group(1)))
                .filter(status -> status != 100)
                .toList();
    }

    /** A sound request but for some places, though never that where it says that it is the last: what may follow is free. */
    private static String damaged(Random random, List<String> more) {
        var fields = String.join("\r\n", more);
        var text = new StringBuilder("POST /zin/kv/get HTTP/1.1\r\n" + CLOSE + "Host: localhost\r\n" + fields
                + "\r\nContent-Length: " + GET.length() + "\r\n\r\n" + GET);
        for (var wounds = 1 + random.nextInt(4); wounds > 0; wounds--) {
            var kept = text.indexOf(CLOSE);
            var at = random.nextInt(text.length());
            if (at < kept - 2 || at >= kept + CLOSE.length()) {
                var gone = at < kept ? 0 : random.nextInt(3);
                text.replace(at, Math.min(text.length(), at + gone), PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }

    /** All that comes back until the end. A reset is an end too. */
    private static String replies(URI address, String text, After after) throws IOException {
        var replies = new StringBuilder();
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(30_000);
            try {
                socket.getOutputStream().write(text.getBytes(ISO_8859_1));
                if (after == After.CLOSING) {
                    socket.shutdownOutput();
                }
                for (int next = socket.getInputStream().read();
                        next >= 0;
                        next = socket.getInputStream().read()) {
                    replies.append((char) next);
                }
            } catch (SocketException e) {
                return replies.toString();
            }
        }
        return replies.toString();
    }
}
