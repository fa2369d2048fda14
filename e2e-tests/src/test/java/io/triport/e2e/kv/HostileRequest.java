package io.triport.e2e.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request that no server may take, in its parts.
 *
 * @param status that answers it
 * @param framing whether nothing behind it may be read as a request any more
 * @param fields lines of the head; each may be more than one where the attack is in how lines end
 * @param rest what follows the empty line
 */
record HostileRequest(int status, Framing framing, String start, List<String> fields, String rest) {
    enum Framing {
        BROKEN,
        SOUND
    }

    private static final String POST = "POST /zin/kv/get HTTP/1.1";
    private static final String HOST = "Host: localhost";
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String CLOSE = "Connection: close";

    /** The rules on framing, on targets and on methods, each case once. */
    static List<HostileRequest> all() {
        return Stream.of(lengths(), codings(), badFields(), hosts(), starts(), chunks(), targets(), sizes())
                .flatMap(cases -> cases)
                .toList();
    }

    private static Stream<HostileRequest> lengths() {
        return Stream.concat(
                Stream.of("+3", "-3", "", "0x3", "3, 3", "3 3", "3.0", "8589934593", "99999999999999999999", "\u00b3")
                        .map(length -> broken("abc", HOST, "Content-Length: " + length)),
                Stream.of(
                        broken("abcd", HOST, "Content-Length: 3", "Content-Length: 4"),
                        broken("abc", HOST, "Content-Length: 3", "content-length: 3"),
                        broken("0\r\n\r\n", HOST, "Content-Length: 5", CHUNKED),
                        broken("0\r\n\r\n", HOST, CHUNKED, "Content-Length: 5")));
    }

    private static Stream<HostileRequest> codings() {
        var ten = new HostileRequest(
                400, Framing.BROKEN, "POST /zin/kv/get HTTP/1.0", List.of(HOST, CHUNKED), "0\r\n\r\n");
        return Stream.concat(
                Stream.of(
                                "gzip",
                                "identity",
                                "chunked, gzip",
                                "gzip, chunked",
                                "chunked, chunked",
                                "chunked;q=1",
                                "\u000bchunked",
                                "xchunked",
                                "")
                        .map(coding -> broken("0\r\n\r\n", HOST, "Transfer-Encoding: " + coding)),
                Stream.of(ten, broken("0\r\n\r\n", HOST, CHUNKED, CHUNKED)));
    }

    private static Stream<HostileRequest> badFields() {
        return Stream.of(
                        "X-A: b\r\n c",
                        "X-A: b\r\n\tc",
                        "X-A : b",
                        "X-A\t: b",
                        "X-A",
                        ": b",
                        "X/A: b",
                        "X-\u00c4: b",
                        "X-A: b\rc",
                        "X-A: b\0c",
                        "X-A: b\u007fc",
                        "X-A: b\nX-B: c",
                        "X-A: b\r\r",
                        "X-A: b\n")
                .map(field -> broken("", HOST, field, "X-Last: z"));
    }

    private static Stream<HostileRequest> hosts() {
        return Stream.concat(
                Stream.of(
                                "", "a/b", "b@a", "a, b", "a b", "a:http", "a:", "a:65536", "[::1", "[:::1]", "::1",
                                "a#b", "a\u00e4")
                        .map(host -> broken("", "Host: " + host, "X-Last: z")),
                Stream.of(broken("", "X-Last: z"), broken("", HOST, HOST), broken("", HOST, "host: elsewhere")));
    }

    private static Stream<HostileRequest> starts() {
        return Stream.of(
                        "POST /zin/kv/get HTTP/1.2",
                        "POST /zin/kv/get HTTP/2.0",
                        "POST /zin/kv/get HTTP/9.9",
                        "POST /zin/kv/get http/1.1",
                        "POST /zin/kv/get HTTP/1.10",
                        "POST /zin/kv/get",
                        "PRI * HTTP/2.0",
                        "POST  /zin/kv/get HTTP/1.1",
                        "POST /zin/kv/get  HTTP/1.1",
                        " POST /zin/kv/get HTTP/1.1",
                        "POST /zin/kv/get a HTTP/1.1",
                        "POST\t/zin/kv/get HTTP/1.1",
                        "P(ST /zin/kv/get HTTP/1.1",
                        "POST /zin/kv/\0 HTTP/1.1",
                        "POST /zin/kv/\u00e4 HTTP/1.1",
                        "POST /zin/kv/get#a HTTP/1.1",
                        "POST zin/kv/get HTTP/1.1",
                        "POST * HTTP/1.1",
                        "POST http://elsewhere/zin/kv/get HTTP/1.1",
                        "POST http:///zin/kv/get HTTP/1.1",
                        "POST ftp://localhost/zin/kv/get HTTP/1.1",
                        "POST /zin/kv/get HTTP/1.1\nX-A: b",
                        "\u0016\u0003\u0001\u0002")
                .map(start -> new HostileRequest(400, Framing.BROKEN, start, List.of(HOST), ""));
    }

    private static Stream<HostileRequest> chunks() {
        return Stream.of(
                        "3\r\nabc0\r\n\r\n",
                        "3\r\nabcd\r\n0\r\n\r\n",
                        "3\r\nabc\n0\r\n\r\n",
                        "3\nabc\r\n0\r\n\r\n",
                        "3\r\r\nabc\r\n0\r\n\r\n",
                        "x\r\nabc\r\n",
                        "\r\nabc\r\n",
                        "+3\r\nabc\r\n",
                        "0x3\r\nabc\r\n",
                        "3 \r\nabc\r\n",
                        "000000003\r\nabc\r\n",
                        "80000000\r\nabc\r\n",
                        "ffffffffffffffff\r\nabc\r\n",
                        "3;" + "a".repeat(256) + "\r\nabc\r\n",
                        "3;a\0\r\nabc\r\n",
                        "3;\r\nabc\r\n",
                        "0\r\nX A: b\r\n\r\n",
                        "0\r\n" + ("X-A: " + "b".repeat(2_000) + "\r\n").repeat(5) + "\r\n")
                .map(rest -> broken(rest, HOST, CHUNKED));
    }

    private static Stream<HostileRequest> targets() {
        return Stream.concat(
                Stream.of(
                                "/zin/kv/get/",
                                "/zin/kv/%67et",
                                "/zin/kv/./get",
                                "/zin/kv/../kv/get",
                                "/zin/kv%2fget",
                                "/zin/kv%5cget",
                                "/zin/kv/get%00",
                                "/zin/kv/get%0d%0aX-A:b",
                                "/zin/kv/get%c0%af",
                                "//zin/kv/get",
                                "/ZIN/kv/get",
                                "/zin/kv/get;a=b",
                                "/%2e%2e/etc/passwd",
                                "/")
                        .map(target -> sound(404, "POST " + target + " HTTP/1.1")),
                Stream.of(
                        sound(405, "TRACE /zin/kv/get HTTP/1.1"),
                        sound(405, "CONNECT localhost:443 HTTP/1.1"),
                        sound(405, "GET /zin/kv/get HTTP/1.1"),
                        sound(405, "BREW /zin/kv/get HTTP/1.1"),
                        new HostileRequest(417, Framing.SOUND, POST, List.of(HOST, CLOSE, "Expect: 200-maybe"), "")));
    }

    private static Stream<HostileRequest> sizes() {
        return Stream.of(
                new HostileRequest(414, Framing.BROKEN, "POST /" + "a".repeat(9_000) + " HTTP/1.1", List.of(HOST), ""),
                new HostileRequest(400, Framing.BROKEN, "P".repeat(9_000) + " / HTTP/1.1", List.of(HOST), ""),
                new HostileRequest(
                        400, Framing.BROKEN, "POST /zin/kv/get?" + "a&".repeat(200) + "a HTTP/1.1", List.of(HOST), ""),
                new HostileRequest(431, Framing.BROKEN, POST, List.of(HOST, "X-A: " + "a".repeat(33_000)), ""),
                new HostileRequest(431, Framing.BROKEN, POST, many(), ""),
                new HostileRequest(
                        413, Framing.SOUND, POST, List.of(HOST, CLOSE, "Content-Length: 131073"), "a".repeat(131_073)));
    }

    private static List<String> many() {
        return Stream.concat(Stream.of(HOST), Stream.generate(() -> "X-A: b").limit(100))
                .toList();
    }

    private static HostileRequest broken(String rest, String... fields) {
        return new HostileRequest(400, Framing.BROKEN, POST, List.of(fields), rest);
    }

    private static HostileRequest sound(int status, String start) {
        return new HostileRequest(status, Framing.SOUND, start, List.of(HOST, CLOSE), "");
    }

    /** The same attack with other letters in the names and with more around it. @param more harmless lines */
    HostileRequest disguised(Random random, List<String> more) {
        var disguised = fields.stream()
                .map(field -> random.nextBoolean() ? field : otherCase(field, random))
                .collect(Collectors.toCollection(ArrayList::new));
        for (var line : more) {
            if (random.nextBoolean()) {
                disguised.add(random.nextInt(disguised.size() + 1), line);
            }
        }
        return new HostileRequest(status, framing, start, disguised, rest);
    }

    private static String otherCase(String field, Random random) {
        var colon = Math.max(0, field.indexOf(':'));
        return field.chars()
                .limit(colon)
                .mapToObj(letter -> String.valueOf((char) (random.nextBoolean() ? swapped(letter) : letter)))
                .collect(Collectors.joining("", "", field.substring(colon)));
    }

    private static int swapped(int letter) {
        return letter < 0x7f && Character.isLetter(letter) ? letter ^ 0x20 : letter;
    }

    String text() {
        return start + "\r\n" + String.join("\r\n", fields) + "\r\n\r\n" + rest;
    }
}
