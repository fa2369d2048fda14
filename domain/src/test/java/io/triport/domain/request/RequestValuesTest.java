package io.triport.domain.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.testkit.SeededRandomness;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What the values of a request accept: each bound from both sides. */
final class RequestValuesTest {
    @Test
    void a_request_id_has_1_to_64_plain_characters() {
        assertThat(new RequestId("aZ09-_.")).hasToString("aZ09-_.");
        assertThat(new RequestId("r".repeat(64)).text()).hasSize(64);
        for (var bad : List.of("", "r".repeat(65), "a b", "\u00E9", "a\n", "@", "[", "`", "{", "/", ":")) {
            assertThatThrownBy(() -> new RequestId(bad)).as(bad).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void fresh_request_ids_differ() {
        var randomness = new SeededRandomness(1);

        assertThat(RequestId.fresh(randomness)).isNotEqualTo(RequestId.fresh(randomness));
        assertThat(RequestId.fresh(randomness).text()).matches("[0-9a-f]{16}");
    }

    @Test
    void a_method_is_a_token_of_1_to_32_characters() {
        assertThat(new Method("M!#$%&'*+-.^_`|~09azAZ")).hasToString("M!#$%&'*+-.^_`|~09azAZ");
        assertThat(new Method("get")).isNotEqualTo(Method.GET);
        assertThat(new Method("M".repeat(32)).text()).hasSize(32);
        for (var bad : List.of("", "M".repeat(33), "GE T", "GET\r", "G/T", "G:T", "G@T", "G[T", "G{T", "\u00C9")) {
            assertThatThrownBy(() -> new Method(bad)).as(bad).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void a_task_is_named_in_lower_case() {
        assertThat(new TaskName("t".repeat(64))).hasToString("t".repeat(64));
        for (var bad : List.of("", "t".repeat(65), "Task", "1task", "a b")) {
            assertThatThrownBy(() -> new TaskName(bad)).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void an_attempt_counts_from_1() {
        var task = new TaskName("reclaim");

        assertThat(new Scheduled(new RequestId("a"), Instant.EPOCH, task, Instant.EPOCH, 1).attempt())
                .isEqualTo(1);
        assertThatThrownBy(() -> new Scheduled(new RequestId("a"), Instant.EPOCH, task, Instant.EPOCH, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_rate_limit_has_sensible_parts() {
        var second = Duration.ofSeconds(1);

        assertThatCode(() -> new RateLimit(1, Duration.ofMillis(1), 1, LimitScope.LOCAL))
                .doesNotThrowAnyException();
        assertThatCode(() -> new RateLimit(1, Duration.ofDays(1), 5, LimitScope.SHARED))
                .doesNotThrowAnyException();
        for (var bad : List.<Runnable>of(
                () -> new RateLimit(0, second, 1, LimitScope.LOCAL),
                () -> new RateLimit(2, second, 1, LimitScope.LOCAL),
                () -> new RateLimit(1, Duration.ofNanos(999_999), 1, LimitScope.LOCAL),
                () -> new RateLimit(1, Duration.ofDays(1).plusNanos(1), 1, LimitScope.LOCAL))) {
            assertThatThrownBy(bad::run).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_charge_has_a_key_and_a_cost() {
        var limit = new RateLimit(1, Duration.ofSeconds(1), 1, LimitScope.LOCAL);

        assertThatCode(() -> new Charge("k".repeat(512), limit, 1)).doesNotThrowAnyException();
        for (var bad : List.<Runnable>of(
                () -> new Charge("", limit, 1),
                () -> new Charge("k".repeat(513), limit, 1),
                () -> new Charge("k", limit, 0))) {
            assertThatThrownBy(bad::run).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_held_body_is_read_whole_by_every_reader() {
        var content = Content.of(Bytes.utf8("body"));

        assertThat(content.length()).hasValue(4);
        assertThat(content.buffered()).isEqualTo(Bytes.utf8("body"));
        assertThat(read(content, 1)).containsExactly("body", "complete");
        assertThat(read(content, 1)).containsExactly("body", "complete");
        assertThat(read(Content.of(Bytes.EMPTY), 1)).containsExactly("complete");
    }

    @Test
    void a_held_body_gives_nothing_without_demand_and_refuses_a_demand_of_none() {
        assertThat(read(Content.of(Bytes.utf8("body")))).isEmpty();
        assertThat(read(Content.of(Bytes.utf8("body")), 0)).containsExactly("error");
        assertThat(read(Content.of(Bytes.utf8("body")), 2, 2)).containsExactly("body", "complete");
    }

    @Test
    void a_held_body_is_limited_at_its_length() {
        var content = Content.of(Bytes.utf8("body"));

        assertThat(content.limitedTo(ByteSize.ofBytes(4)).buffered()).isEqualTo(Bytes.utf8("body"));
        assertThatThrownBy(() -> content.limitedTo(ByteSize.ofBytes(3))).isInstanceOf(InvalidInput.class);
    }

    private static List<String> read(Content content, long... demands) {
        var heard = new ArrayList<String>();
        content.bytes().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                for (var demand : demands) {
                    subscription.request(demand);
                }
                subscription.cancel();
                subscription.request(1);
            }

            @Override
            public void onNext(ByteBuffer buffer) {
                heard.add(Bytes.from(buffer).toUtf8());
            }

            @Override
            public void onError(Throwable failure) {
                heard.add("error");
            }

            @Override
            public void onComplete() {
                heard.add("complete");
            }
        });
        return heard;
    }
}
