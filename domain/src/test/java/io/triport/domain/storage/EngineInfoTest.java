package io.triport.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EngineInfoTest {
    private static final EngineInfo BARE = new EngineInfo("some", Durability.PROCESS);
    private static final EngineInfo ABLE =
            new EngineInfo("some", Durability.PROCESS, Set.of(Capability.GIVEN_IDS, Capability.ALONE));

    @Test
    void what_is_not_declared_is_not_there() {
        assertThat(Capability.values()).noneMatch(BARE::can);
        assertThat(BARE.shortestLifetime()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void what_is_required_and_not_declared_is_refused_in_the_words_of_who_requires_it() {
        assertThatCode(() -> ABLE.require(Capability.ALONE, "never said")).doesNotThrowAnyException();
        assertThatThrownBy(() -> ABLE.require(Capability.AUDIT, "audit: none (expected: one)"))
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.UNSUPPORTED))
                .hasMessageContaining("audit: none (expected: one)");
    }

    @Test
    void capabilities_are_read_in_one_order_and_one_spelling() {
        assertThat(ABLE.capabilities()).hasToString("[alone, given-ids]");
        assertThat(ABLE.without(Set.of(Capability.ALONE, Capability.AUDIT)).capabilities())
                .containsExactly(Capability.GIVEN_IDS);
    }

    @Test
    void a_shortest_lifetime_is_whole_seconds_and_no_shorter_than_that_of_the_port() {
        for (var wrong : new Duration[] {Duration.ZERO, Duration.ofMillis(999), Duration.ofMillis(1_500)}) {
            assertThatThrownBy(() -> new EngineInfo("some", Durability.PROCESS, wrong, Set.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
