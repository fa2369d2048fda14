package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.vector.VectorLimits;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PgvectorExtensionTest {
    /** The server of most tests has no extensions. */
    @Test
    void a_start_without_the_extension_fails_with_one_line_that_says_what_to_install() {
        var settings = EmbeddedServer.freshDatabase();
        try {
            assertThatThrownBy(() -> PgvectorFixture.open(
                            settings,
                            VectorLimits.USUAL,
                            PgvectorSearch.EXACT_BELOW,
                            SettableClock.anywhere(),
                            new SeededRandomness(1)))
                    .isInstanceOfSatisfying(StorageFailure.Rejected.class, e -> {
                        assertThat(e.code()).isEqualTo(FailureCode.UNSUPPORTED);
                        assertThat(e.getMessage())
                                .contains("pgvector 0.8 or newer", "create extension vector")
                                .doesNotContain("\n");
                    });
        } finally {
            EmbeddedServer.drop(settings);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.8.0", "0.8.6", "0.10", "1.0.0"})
    void versions_from_0_8_on_are_taken(String version) {
        assertThatCode(() -> PgvectorExtension.parse(version).requireSupported())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.7.4", "0.1.0", "unpackaged", ""})
    void older_versions_and_what_is_none_are_refused(String version) {
        assertThatThrownBy(() -> PgvectorExtension.parse(version).requireSupported())
                .isInstanceOf(StorageFailure.Rejected.class);
    }
}
