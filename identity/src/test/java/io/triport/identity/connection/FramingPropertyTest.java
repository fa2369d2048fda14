package io.triport.identity.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class FramingPropertyTest {
    private static final String TOKEN = "!#$%&'*+-.^_`|~09azAZ";
    // What decides over framing, so that random damage hits it often.
    private static final List<String> DAMAGE = List.of(
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
            "3",
            "a",
            "f",
            "\u007f",
            "\u00e4",
            "[",
            "]",
            "Host: b\r\n",
            "Content-Length: 3\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Expect: x\r\n",
            "HTTP/1.0",
            "CONNECT",
            "http://a.example/");

    @Property(tries = 500)
    void valid_requests_pass_unchanged(@ForAll("requests") String request) {
        var ticker = new TestTicker();
        var channel = new EmbeddedChannel(new FramingGuard(
                new Shared(
                        Wire.LIMITS, Wire.REFUSALS, new Places(Wire.LIMITS.work(), ticker), new Drain(ticker), ticker),
                Wire.visit(Wire.LIMITS)));

        channel.writeInbound(Unpooled.copiedBuffer(request, ISO_8859_1));

        var passed = new StringBuilder();
        for (ByteBuf bytes = channel.readInbound(); bytes != null; bytes = channel.readInbound()) {
            passed.append(bytes.toString(ISO_8859_1));
            bytes.release();
        }
        assertThat(passed).hasToString(request);
        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Property(tries = 500)
    void valid_requests_are_all_answered(
            @ForAll @Size(min = 1, max = 6) List<@net.jqwik.api.From("requests") String> requests) {
        try (var wire = new Wire()) {
            wire.sends(String.join("", requests)).settled();

            assertThat(wire.statusLines()).hasSize(requests.size()).containsOnly("HTTP/1.1 200 OK");
        }
    }

    @Property(tries = 2000)
    void the_result_does_not_depend_on_the_cuts(
            @ForAll("damaged") String text, @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 30) Integer> cuts) {
        try (var whole = new Wire();
                var cut = new Wire()) {
            whole.sends(text).settled();
            var from = 0;
            for (var length : cuts) {
                var to = Math.min(text.length(), from + length);
                cut.sends(text.substring(from, to)).settled();
                from = to;
            }
            cut.sends(text.substring(from)).settled();

            assertThat(cut.replies()).isEqualTo(whole.replies());
            assertThat(cut.app.seen).isEqualTo(whole.app.seen);
            assertThat(cut.open()).isEqualTo(whole.open());
        }
    }

    @Property(tries = 5000)
    void nothing_that_a_strict_parser_refuses_reaches_the_app(@ForAll("damaged") String text) {
        try (var wire = new Wire()) {
            wire.sends(text).settled();

            assertThat(wire.app.seen).hasSizeLessThanOrEqualTo(new StrictParser(text).messages());
        }
    }

    @Property(tries = 1000)
    void random_bytes_never_reach_the_app(@ForAll @Size(max = 300) byte[] bytes) {
        try (var wire = new Wire()) {
            wire.sends(bytes).settled();

            assertThat(wire.app.seen).hasSize(new StrictParser(new String(bytes, ISO_8859_1)).messages());
            assertThat(wire.statusLines()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Provide
    Arbitrary<String> damaged() {
        var places = Arbitraries.integers().between(0, 1000).list().ofMaxSize(2);
        var damage = Arbitraries.of(DAMAGE).list().ofSize(2);
        var lost = Arbitraries.integers().between(0, 2);
        return Combinators.combine(requests().list().ofMinSize(1).ofMaxSize(3), places, damage, lost)
                .as((requests, at, what, gone) -> {
                    var text = new StringBuilder(String.join("", requests));
                    for (var i = 0; i < at.size(); i++) {
                        var place = at.get(i) % (text.length() + 1);
                        text.replace(place, Math.min(text.length(), place + gone), what.get(i));
                    }
                    return text.toString();
                });
    }

    @Provide
    Arbitrary<String> requests() {
        var method = Arbitraries.of("GET", "POST", "PUT", "DELETE", "get", "X-M");
        var target = Arbitraries.strings()
                .withChars("-._~%!$&'()*+,;=:@/?[]{}|^`az09")
                .ofMaxLength(20)
                .map(path -> "/" + path);
        var host = Arbitraries.of(
                "a.example",
                "A.example:80",
                "[::1]",
                "[2001:db8::1]:443",
                "[::ffff:127.0.0.1]",
                "127.0.0.1:8080",
                "x_y");
        var fields = field().list().ofMaxSize(4).map(all -> String.join("", all));
        var blank = Arbitraries.of("", " ", "\t ");
        return Combinators.combine(method, target, host, fields, blank, Arbitraries.oneOf(none(), fixed(), chunked()))
                .as((m, t, h, f, b, body) -> m + " " + t + " HTTP/1.1\r\n" + f + "HoSt:" + b + h + b + "\r\n" + body);
    }

    private static Arbitrary<String> field() {
        var name = Arbitraries.strings()
                .withChars(TOKEN)
                .ofMinLength(1)
                .ofMaxLength(8)
                .map(token -> "X" + token);
        var value = Arbitraries.strings()
                .withChars("\t !\"(),/:;<=>?@[\\]{}~az09\u0080\u00ff")
                .ofMaxLength(12);
        return Combinators.combine(name, value).as((n, v) -> n + ":" + v + "\r\n");
    }

    private static Arbitrary<String> none() {
        return Arbitraries.of("\r\n", "Content-Length: 0\r\n\r\n");
    }

    private static Arbitrary<String> fixed() {
        return body().map(body -> "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static Arbitrary<String> chunked() {
        var extension = Arbitraries.of("", ";a", " ;a=b", ";a=\"b;c\"");
        var chunk = Combinators.combine(body(), extension)
                .as((body, ext) -> Integer.toHexString(body.length()) + ext + "\r\n" + body + "\r\n");
        var trailers = field().list().ofMaxSize(2).map(all -> String.join("", all));
        return Combinators.combine(chunk.list().ofMaxSize(3), trailers)
                .as((chunks, last) ->
                        "Transfer-Encoding: chunked\r\n\r\n" + String.join("", chunks) + "0\r\n" + last + "\r\n");
    }

    private static Arbitrary<String> body() {
        return Arbitraries.strings().withChars("\r\n\0 :;0aGET/").ofMinLength(1).ofMaxLength(30);
    }
}
