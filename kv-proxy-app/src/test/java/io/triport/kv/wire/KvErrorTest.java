package io.triport.kv.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Refusal;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.edge.Layer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

public final class KvErrorTest {
    private final ErrorShape shape = new KvError.Shape();

    @ParameterizedTest
    @CsvSource({
        "NO_CREDENTIALS, 401, MISSING_HEADER",
        "MISSING_HEADER, 401, MISSING_HEADER",
        "INVALID_TIMESTAMP, 401, INVALID_TIMESTAMP",
        "OUTSIDE_WINDOW, 401, EXPIRED",
        "BODY_HASH_MISMATCH, 403, INVALID_BODY_SHA",
        "UNKNOWN_KEY, 403, UNKNOWN_KEY",
        "SIGNATURE_MISMATCH, 403, INVALID_SIGNATURE",
        "REPLAYED, 409, REPLAYED",
        "SCOPE_DENIED, 403, SCOPE_DENIED",
        "UNAVAILABLE, 503, STORAGE_ERROR",
        "NOT_CONFIGURED, 500, CONFIG_ERROR"
    })
    public void a_refusal_has_the_status_and_code_of_the_protocol(Reason reason, int status, String code) {
        var answer = shape.of(refusal(reason));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(code(answer)).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    public void every_reason_has_an_answer_in_the_shape(Reason reason) {
        assertShape(shape.of(refusal(reason)));
    }

    @ParameterizedTest
    @EnumSource(EdgeRefusal.class)
    public void every_refusal_of_the_edge_has_an_answer_of_its_status_in_the_shape(EdgeRefusal refusal) {
        var answer = shape.of(refusal);

        assertShape(answer);
        assertThat(answer.status()).isEqualTo(refusal.status());
    }

    @Test
    public void every_storage_failure_has_an_answer_that_tells_nothing_of_the_store() {
        for (var failure : failures()) {
            var answer = shape.of(failure).answer();

            assertShape(answer);
            assertThat(answer.body().toUtf8()).doesNotContain("detail");
        }
    }

    @Test
    public void a_store_that_does_not_answer_is_503_and_worth_a_retry() {
        var failure = shape.of(new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "detail"));

        assertThat(failure.answer().status()).isEqualTo(503);
        assertThat(code(failure.answer())).isEqualTo("STORAGE_ERROR");
        assertThat(failure.answer().headers()).containsEntry("Retry-After", "1");
        assertThat(failure.layer()).isEqualTo(Layer.STORAGE);
    }

    @Test
    public void what_a_store_cannot_take_is_the_callers_error() {
        var tooLong = shape.of(new StorageFailure.LimitExceeded(FailureCode.KEY_TOO_LONG, "detail"));
        var cursor = shape.of(new StorageFailure.Rejected(FailureCode.BAD_CURSOR, "detail"));

        assertThat(List.of(tooLong.answer().status(), cursor.answer().status())).containsOnly(400);
        assertThat(List.of(code(tooLong.answer()), code(cursor.answer()))).containsOnly("VALIDATION_ERROR");
    }

    @Test
    public void a_failure_of_ours_says_nothing_but_that() {
        var failure = shape.of(new IllegalStateException("detail of the program"));

        assertThat(failure.answer().status()).isEqualTo(500);
        assertThat(failure.answer().body().toUtf8())
                .isEqualTo("{\"code\":\"INTERNAL_ERROR\",\"message\":\"Internal error\"}");
    }

    @Test
    public void invalid_input_names_the_field_and_not_what_was_in_it() {
        var failure = shape.of(new InvalidInput("prefix", "detail"));

        assertThat(failure.answer().status()).isEqualTo(400);
        assertThat(failure.answer().body().toUtf8()).contains("prefix").doesNotContain("detail");
    }

    private static List<StorageFailure> failures() {
        var failures = new ArrayList<StorageFailure>();
        for (var code : EnumSet.allOf(FailureCode.class)) {
            failures.add(
                    switch (code) {
                        case FENCED, OVERLOADED, UNAVAILABLE, FULL, BACKEND_AUTHENTICATION, OUTCOME_UNKNOWN ->
                            new StorageFailure.Unavailable(code, "detail");
                        case TOO_LARGE, KEY_TOO_LONG, THROTTLED -> new StorageFailure.LimitExceeded(code, "detail");
                        case CORRUPT -> new StorageFailure.Corrupt("detail");
                        case DENIED -> new StorageFailure.AccessDenied("detail");
                        case BAD_REQUEST,
                                BAD_CURSOR,
                                TTL_TOO_SHORT,
                                EXPIRES_IN_PAST,
                                NOT_FOUND,
                                CONFLICT,
                                UNSUPPORTED -> new StorageFailure.Rejected(code, "detail");
                    });
        }
        return failures;
    }

    private static Refusal refusal(Reason reason) {
        var hmac = new MechanismName("hmac");
        return new Refusal(reason, hmac, List.of(hmac), Duration.ZERO);
    }

    private static void assertShape(EdgeAnswer answer) {
        var body = (Json.Members) JsonReader.read(answer.body());
        assertThat(answer.contentType()).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
        assertThat(body.members().sequencedKeySet()).containsExactly("code", "message");
        assertThat(body.text("message").orElseThrow()).isNotBlank();
        assertThat(answer.status()).isBetween(400, 599);
    }

    private static String code(EdgeAnswer answer) {
        return ((Json.Members) JsonReader.read(answer.body())).text("code").orElseThrow();
    }
}
