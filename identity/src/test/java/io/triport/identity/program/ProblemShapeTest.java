package io.triport.identity.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Refusal;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.edge.Layer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProblemShapeTest {
    private final ProblemShape shape = new ProblemShape();

    @Test
    void who_shows_nothing_is_asked_for_a_credential() {
        var answer = shape.of(refusal(Reason.NO_CREDENTIALS));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers()).containsEntry("WWW-Authenticate", "Bearer");
        assertThat(answer.body().toUtf8())
                .isEqualTo("{\"type\":\"about:blank\",\"status\":401,\"code\":\"no_credentials\"}");
    }

    @Test
    void who_is_known_and_may_not_is_forbidden() {
        assertThat(shape.of(refusal(Reason.SCOPE_DENIED)).status()).isEqualTo(403);
    }

    @Test
    void a_key_that_nobody_knows_is_no_identity() {
        assertThat(shape.of(refusal(Reason.UNKNOWN_KEY)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_refusal_has_a_status_of_its_kind(Reason reason) {
        assertThat(shape.of(refusal(reason)).status()).isIn(400, 401, 403, 409, 503);
    }

    @ParameterizedTest
    @EnumSource(EdgeRefusal.class)
    void refusals_of_the_edge_keep_status_and_code(EdgeRefusal refusal) {
        var answer = shape.of(refusal);

        assertThat(answer.status()).isEqualTo(refusal.status());
        assertThat(answer.body().toUtf8()).contains("\"code\":\"" + refusal.code() + "\"");
    }

    @Test
    void a_failure_of_a_store_is_told_by_its_code_and_never_by_its_message() {
        var failure = shape.of(new StorageFailure.Unavailable(FailureCode.OVERLOADED, "secret of the operator"));

        assertThat(failure.layer()).isEqualTo(Layer.STORAGE);
        assertThat(failure.answer().status()).isEqualTo(503);
        assertThat(failure.answer().headers()).containsEntry("Retry-After", "1");
        assertThat(failure.answer().body().toUtf8()).contains("overloaded").doesNotContain("secret");
    }

    @Test
    void an_unknown_outcome_does_not_ask_to_try_again() {
        var failure = shape.of(new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "cut"));

        assertThat(failure.answer().status()).isEqualTo(504);
        assertThat(failure.answer().headers()).doesNotContainKey("Retry-After");
    }

    @Test
    void bad_input_names_its_field() {
        var failure = shape.of(new InvalidInput("number", "digits"));

        assertThat(failure.answer().status()).isEqualTo(400);
        assertThat(failure.answer().body().toUtf8()).contains("\"field\":\"number\"");
    }

    @Test
    void whatever_else_fails_tells_nothing() {
        var failure = shape.of(new IllegalStateException("secret of the program"));

        assertThat(failure.answer().status()).isEqualTo(500);
        assertThat(failure.answer().body().toUtf8()).doesNotContain("secret");
    }

    private static Refusal refusal(Reason reason) {
        return new Refusal(reason, new MechanismName("keys"), List.of(new MechanismName("keys")), Duration.ZERO);
    }
}
