package io.triport.objects.serve;

import io.triport.domain.identity.Refusal;
import io.triport.domain.request.Bytes;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.edge.Layer;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.XmlWriter;
import java.util.Map;

/** What the edge itself answers, in the words of S3. */
public final class S3Shape implements ErrorShape {
    private static final String XML = "application/xml";

    @Override
    public EdgeAnswer of(EdgeRefusal refusal) {
        var error = code(refusal);
        var status = refusal == EdgeRefusal.REQUEST_TIMEOUT ? error.status() : refusal.status();
        return new EdgeAnswer(status, XML, document(error, refusal.code()), Map.of());
    }

    /** The nearest of S3, whose status only one has that clients know with it alone. */
    private static S3Error code(EdgeRefusal refusal) {
        return switch (refusal) {
            case MALFORMED_REQUEST, MALFORMED_HOST, EXPECTATION_FAILED, HEADERS_TOO_LARGE -> S3Error.INVALID_REQUEST;
            case TOO_MANY_PARAMETERS -> S3Error.INVALID_ARGUMENT;
            case NOT_FOUND -> S3Error.NO_SUCH_KEY;
            case METHOD_NOT_ALLOWED -> S3Error.METHOD_NOT_ALLOWED;
            case REQUEST_TIMEOUT -> S3Error.REQUEST_TIMEOUT;
            case BODY_TOO_LARGE -> S3Error.ENTITY_TOO_LARGE;
            case TARGET_TOO_LONG -> S3Error.INVALID_URI;
            case RATE_LIMITED, OVERLOADED, DRAINING -> S3Error.SLOW_DOWN;
            case FAILED -> S3Error.INTERNAL_ERROR;
        };
    }

    private static Bytes document(S3Error error, String detail) {
        return XmlWriter.plain("Error")
                .element("Code", error.code())
                .element("Message", error.message())
                .element("Detail", detail)
                .toBytes();
    }

    @Override
    public EdgeAnswer of(Refusal refusal) {
        return answer(S3Error.ACCESS_DENIED);
    }

    @Override
    public Failure of(RuntimeException failure) {
        return new Failure(answer(S3Error.INTERNAL_ERROR), Layer.REQUEST, S3Error.INTERNAL_ERROR.level());
    }

    private static EdgeAnswer answer(S3Error error) {
        return new EdgeAnswer(error.status(), XML, document(error, error.code()), Map.of());
    }
}
