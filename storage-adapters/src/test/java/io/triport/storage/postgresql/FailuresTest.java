package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "08001, UNAVAILABLE, OUTCOME_UNKNOWN",
        "08006, UNAVAILABLE, OUTCOME_UNKNOWN",
        "57P01, UNAVAILABLE, OUTCOME_UNKNOWN",
        "57P02, UNAVAILABLE, OUTCOME_UNKNOWN",
        "'',    UNAVAILABLE, OUTCOME_UNKNOWN",
        "57014, OVERLOADED,  OVERLOADED",
        "40001, OVERLOADED,  OVERLOADED",
        "40P01, OVERLOADED,  OVERLOADED",
        "53300, OVERLOADED,  OVERLOADED",
        "53100, FULL,        FULL",
        "25006, UNAVAILABLE, UNAVAILABLE",
        "42501, UNAVAILABLE, UNAVAILABLE",
        "XX001, CORRUPT,     CORRUPT"
    })
    void a_state_says_what_may_be_concluded(String state, FailureCode beforeCommit, FailureCode atCommit) {
        var failure = new SQLException("message", state);

        assertThat(Failures.BEFORE_COMMIT.of(failure).code()).isEqualTo(beforeCommit);
        assertThat(Failures.AT_COMMIT.of(failure).code()).isEqualTo(atCommit);
    }
}
