package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.ByteSize;
import io.triport.gateway.problem.Problem;
import io.triport.identity.edge.BodyBudget;
import io.triport.identity.launch.Surroundings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Errors that it takes a full server to see, or a bug. */
@ExtendWith(LeakWatch.class)
final class RareProblemsTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String SIGNED = "POST /signed HTTP/1.1\nHost: a\nContent-Length: 5\n\n";
    private static final String TO_BE_VERIFIED =
            "Authorization: Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.e30." + "A".repeat(342) + "\n";

    private final Upstream upstream = Upstream.answering(Upstream.ok("hello"));

    @AfterEach
    void stop() {
        upstream.close();
    }

    private GatewayUnderTest start(String more, Surroundings around) {
        return GatewayUnderTest.start(
                """
                identity:
                  anyone: {type: public}
                  idp: {type: jwt, issuer: idp, audience: [api], jwks: "http://127.0.0.1:1/keys", insecure: true}
                  signed: {type: hmac-request, keys: {billing: {secrets: ["${env:BILLING}"]}}}
                upstreams:
                  users: {targets: [{url: "%s"}]}
                routes:
                  - {id: users, match: {path: /}, identity: [anyone], upstream: users}
                  - {id: idp, match: {path: /idp}, identity: [idp], upstream: users}
                  - {id: signed, match: {path: /signed}, identity: [signed], upstream: users}
                %s
                """.formatted(upstream.url(), more),
                Map.of("BILLING", "a secret of billing, thirty-two bytes"),
                around);
    }

    @Test
    void a_connection_beside_the_limit_is_told_that_there_is_no_room() {
        try (var gateway = start("limits: {connections: 8, perIpConnections: 1}", Surroundings.real());
                var first = gateway.connect()) {
            assertThat(first.send(GET).reply().status()).isEqualTo(200);

            try (var second = gateway.connect()) {
                var refused = second.send(GET).reply();

                Refused.as(refused, Problem.OVERLOADED, "Server is overloaded");
                assertThat(refused.fields("retry-after")).containsExactly("1");
                assertThat(refused.fields("connection")).containsExactly("close");
                assertThat(second.ended()).isTrue();
            }
        }
    }

    @Test
    void a_body_that_has_to_be_held_needs_room_beside_the_others() {
        try (var gateway = start("limits: {heldBodies: 10%}", Surroundings.real());
                var first = gateway.connect();
                var second = gateway.connect()) {
            var tenth = ByteSize.ofBytes(Runtime.getRuntime().maxMemory() / 10);
            try (var others = gateway.bean(BodyBudget.class).reserve(tenth).orElseThrow()) {
                assertThat(others).isNotNull();
                Refused.as(first.send(SIGNED).reply(), Problem.OVERLOADED, "Server is overloaded");
            }

            assertThat(second.send(SIGNED).send("hello").reply().status()).isEqualTo(401);
            assertThat(gateway.bean(BodyBudget.class).reserved()).isEqualTo(ByteSize.ZERO);
        }
    }

    @Test
    void a_bug_is_told_as_one_without_a_word_of_it() {
        var clock = new Faulty();
        try (var gateway = start("", Surroundings.real().at(clock));
                var client = gateway.connect()) {
            clock.faulty = true;
            var refused = client.send("GET /idp HTTP/1.1\nHost: a\n" + TO_BE_VERIFIED + "\n")
                    .reply();
            clock.faulty = false;

            Refused.as(refused, Problem.INTERNAL, "Internal error");
            assertThat(refused.body()).doesNotContain("wrong");
            assertThat(client.send(GET).reply().body()).isEqualTo("hello");
        }
    }

    /** Of no use to threads that may wait, which is where verifications run. */
    private static final class Faulty extends Clock {
        private volatile boolean faulty;

        @Override
        public Instant instant() {
            if (faulty && Thread.currentThread().isVirtual()) {
                throw new IllegalStateException("something is wrong");
            }
            return Clock.systemUTC().instant();
        }

        @Override
        public ZoneId getZone() {
            return Clock.systemUTC().getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody asks for local time");
        }
    }
}
