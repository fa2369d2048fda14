package io.triport.storage.sqlpostgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RefusalsTest {
    @ParameterizedTest
    @CsvSource({
        "08006, UNAVAILABLE, OUTCOME_UNKNOWN, true",
        "57P01, UNAVAILABLE, OUTCOME_UNKNOWN, true",
        "'',    UNAVAILABLE, OUTCOME_UNKNOWN, true",
        "25P03, UNAVAILABLE, OUTCOME_UNKNOWN, true",
        "25P04, UNAVAILABLE, OUTCOME_UNKNOWN, true",
        "40001, OVERLOADED,  OVERLOADED,      false",
        "53100, FULL,        FULL,            false",
        "25006, DENIED,      DENIED,          false",
        "25P02, BAD_REQUEST, BAD_REQUEST,     false",
        "23505, CONFLICT,    CONFLICT,        false",
        "42601, BAD_REQUEST, BAD_REQUEST,     false"
    })
    void a_state_says_what_may_be_concluded_and_whether_the_connection_is_of_use(
            String state, FailureCode ofStatement, FailureCode atCommit, boolean cut) {
        var failure = new SQLException("message", state);

        assertThat(Refusals.of(failure).code()).isEqualTo(ofStatement);
        assertThat(Refusals.atCommit(failure).code()).isEqualTo(atCommit);
        assertThat(Refusals.cut(failure)).isEqualTo(cut);
    }
}
