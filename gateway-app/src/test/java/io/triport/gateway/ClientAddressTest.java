package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a trusted proxy says that the client is, told by whether the one address that may come in does. */
@ExtendWith(LeakWatch.class)
final class ClientAddressTest {
    private static Upstream upstream;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        upstream = Upstream.answering(Upstream.ok("hello"));
        gateway = GatewayUnderTest.start("""
            trustedProxies: [127.0.0.1/32, 192.0.2.0/24, "2001:db8::/32"]
            identity:
              anyone: {type: public}
            policies:
              guest: {ip: {allow: [203.0.113.7/32, "2001:db9::7/128"]}}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [anyone], policy: [guest], upstream: users}
            """.formatted(upstream.url()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        203.0.113.7                                   | 200
        198.51.100.1, 203.0.113.7                     | 200
        203.0.113.7, 192.0.2.9                        | 200
        203.0.113.7, 2001:db8::1, 192.0.2.9           | 200
        203.0.113.7:1234                              | 200
        2001:db9::7                                   | 200
        [2001:db9::7]:443                             | 200
        ::ffff:203.0.113.7                            | 200
        203.0.113.7, 198.51.100.1                     | 403
        203.0.113.7, unknown, 192.0.2.9               | 403
        203.0.113.7, 999.1.1.1                        | 403
        203.0.113.007                                 | 403
        2001:db9::7%eth0                              | 403
        192.0.2.9                                     | 403
        ''                                            | 403
        """)
    void the_first_from_the_right_that_is_not_trusted_is_the_client(String forwarded, int status) {
        var reply = gateway.send("GET / HTTP/1.1\nHost: a\nX-Forwarded-For: " + forwarded + "\n\n");

        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void two_fields_are_one_list() {
        assertThat(gateway.send("""
            GET / HTTP/1.1
            Host: a
            X-Forwarded-For: 198.51.100.1
            X-Forwarded-For: 203.0.113.7

            """).status()).isEqualTo(200);
    }

    @Test
    void a_trusted_peer_hands_on_an_id_and_its_way_and_a_strange_id_is_replaced() {
        var before = upstream.seen().size();

        gateway.send("""
            GET / HTTP/1.1
            Host: a
            X-Forwarded-For: 203.0.113.7
            X-Forwarded-Proto: https
            X-Request-ID: abc-0123456789

            """);
        gateway.send("""
            GET / HTTP/1.1
            Host: a
            X-Forwarded-For: 203.0.113.7
            X-Request-ID: no id at all

            """);

        var kept = upstream.seen().get(before);
        assertThat(kept.fields("x-request-id")).containsExactly("abc-0123456789");
        assertThat(kept.fields("x-forwarded-for")).containsExactly("203.0.113.7, 127.0.0.1");
        assertThat(kept.fields("x-forwarded-proto")).containsExactly("https");
        assertThat(upstream.seen().get(before + 1).field("x-request-id"))
                .hasSize(36)
                .doesNotContain(" ");
    }
}
