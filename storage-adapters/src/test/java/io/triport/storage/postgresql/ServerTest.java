package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerTest {
    @ParameterizedTest
    @CsvSource({
        "on,           true,  false, DURABLE",
        "on,           true,  true,  REPLICATED",
        "remote_apply, true,  true,  REPLICATED",
        "remote_write, true,  true,  REPLICATED",
        "local,        true,  true,  DURABLE",
        "off,          true,  true,  PROCESS",
        "on,           false, true,  PROCESS"
    })
    void what_a_commit_survives_is_what_the_server_is_set_to(
            String commit, boolean fsync, boolean standby, Durability durability) {
        assertThat(new Server(150_004, commit, fsync, standby).durability()).isEqualTo(durability);
    }

    @Test
    void a_server_older_than_15_is_refused() {
        new Server(150_000, "on", true, false).requireSupported();

        assertThatThrownBy(() -> new Server(140_022, "on", true, false).requireSupported())
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class, e -> assertThat(e.code()).isEqualTo(FailureCode.UNSUPPORTED));
    }
}
