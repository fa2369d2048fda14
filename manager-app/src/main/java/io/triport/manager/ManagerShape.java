package io.triport.manager;

import io.triport.domain.identity.Refusal;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.edge.ErrorShape;
import io.triport.manager.answer.Failures;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import io.triport.manager.answer.Replies;
import java.util.Map;
import org.slf4j.event.Level;

/** What the edge says where no request was read, in the words of the manager's API. */
final class ManagerShape implements ErrorShape {
    @Override
    public EdgeAnswer of(EdgeRefusal refusal) {
        return answer(problem(refusal).refused());
    }

    @Override
    public EdgeAnswer of(Refusal refusal) {
        return answer(Problem.UNAUTHENTICATED.refused());
    }

    @Override
    public Failure of(RuntimeException failure) {
        var refused = Failures.of(failure);
        return new Failure(answer(refused), refused.problem().layer(), level(refused.problem()));
    }

    static Level level(Problem problem) {
        return switch (problem) {
            case INTERNAL_ERROR -> Level.ERROR;
            case STORAGE_UNAVAILABLE, OUTCOME_UNKNOWN, STORAGE_FULL -> Level.WARN;
            default -> Level.DEBUG;
        };
    }

    private static Problem problem(EdgeRefusal refusal) {
        return switch (refusal) {
            case MALFORMED_REQUEST, MALFORMED_HOST, TOO_MANY_PARAMETERS -> Problem.MALFORMED_REQUEST;
            case NOT_FOUND -> Problem.NOT_FOUND;
            case METHOD_NOT_ALLOWED -> Problem.METHOD_NOT_ALLOWED;
            case REQUEST_TIMEOUT -> Problem.REQUEST_TIMEOUT;
            case BODY_TOO_LARGE -> Problem.PAYLOAD_TOO_LARGE;
            case TARGET_TOO_LONG -> Problem.TARGET_TOO_LONG;
            case EXPECTATION_FAILED -> Problem.EXPECTATION_FAILED;
            case RATE_LIMITED -> Problem.RATE_LIMITED;
            case HEADERS_TOO_LARGE -> Problem.HEADERS_TOO_LARGE;
            case OVERLOADED, DRAINING -> Problem.OVERLOADED;
            case FAILED -> Problem.INTERNAL_ERROR;
        };
    }

    private static EdgeAnswer answer(Refused refused) {
        var body = Json.object()
                .put("success", false)
                .put("error", refused.sentence())
                .put("code", refused.problem().code());
        return new EdgeAnswer(
                refused.problem().status(), Replies.JSON, Json.bytes(body), Map.of("Cache-Control", "no-store"));
    }
}
