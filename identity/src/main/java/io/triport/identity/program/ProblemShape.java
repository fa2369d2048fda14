package io.triport.identity.program;

import com.fasterxml.jackson.core.JsonFactory;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Refusal;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.edge.Layer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.Level;

/** What goes wrong in a program, as problem documents (RFC 9457) with a stable member {@code code}. Safe for many threads. */
final class ProblemShape implements ErrorShape {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String TYPE = "application/problem+json";
    private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store");

    @Override
    public EdgeAnswer of(EdgeRefusal refusal) {
        return answer(refusal.status(), refusal.code(), "");
    }

    @Override
    public EdgeAnswer of(Refusal refusal) {
        var code = refusal.reason().text().replace('-', '_');
        return switch (refusal.reason().refused()) {
            case UNAUTHENTICATED -> answer(401, code, "").with("WWW-Authenticate", "Bearer");
            case FORBIDDEN ->
                // Who somebody is not known to be may show another credential; who is known may not come in.
                refusal.reason() == Reason.UNKNOWN_KEY
                        ? answer(401, code, "").with("WWW-Authenticate", "Bearer")
                        : answer(403, code, "");
            case MALFORMED -> answer(400, code, "");
            case CONFLICT -> answer(409, code, "");
            case UNAVAILABLE -> answer(503, code, "").with("Retry-After", "1");
        };
    }

    @Override
    public Failure of(RuntimeException failure) {
        return switch (failure) {
            case InvalidInput input ->
                new Failure(answer(400, "bad_request", input.field()), Layer.REQUEST, Level.DEBUG);
            case StorageFailure.AccessDenied denied -> new Failure(stored(denied.code()), Layer.IDENTITY, Level.DEBUG);
            case StorageFailure.Unavailable away -> new Failure(stored(away.code()), Layer.STORAGE, Level.WARN);
            case StorageFailure.Corrupt corrupt -> new Failure(stored(corrupt.code()), Layer.STORAGE, Level.ERROR);
            case StorageFailure other -> new Failure(stored(other.code()), Layer.STORAGE, Level.DEBUG);
            default -> new Failure(answer(500, "internal_error", ""), Layer.REQUEST, Level.ERROR);
        };
    }

    /** Storage contract, section 1.3. */
    private static EdgeAnswer stored(FailureCode code) {
        var answer = answer(code.httpStatus(), code.name().toLowerCase(Locale.ROOT), "");
        return code.retry() == FailureCode.Retry.SAFE ? answer.with("Retry-After", "1") : answer;
    }

    /** @param field the member of the request that is wrong; empty for none */
    private static EdgeAnswer answer(int status, String code, String field) {
        var bytes = new ByteArrayOutputStream(128);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeNumberField("status", status);
            json.writeStringField("code", code);
            if (!field.isEmpty()) {
                json.writeStringField("field", field);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EdgeAnswer(status, TYPE, Bytes.copyOf(bytes.toByteArray()), HEADERS);
    }
}
