package io.triport.identity.edge;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpResponseFactory;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.triport.domain.identity.Refusal;
import io.triport.domain.request.Admission;
import io.triport.domain.request.RequestId;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeRefusal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/** Answers in the app's shape, with the headers that all apps share. */
@Singleton
public final class EdgeAnswers {
    private static final String REQUEST_ID = "X-Request-ID";

    /** Have no body; a length would be told to be that of what was asked for (RFC 9110 section 8.6). */
    private static final Set<Integer> WITHOUT_LENGTH = Set.of(204, 304);

    private final ErrorShape shape;

    EdgeAnswers(ErrorShape shape) {
        this.shape = shape;
    }

    MutableHttpResponse<?> of(EdgeRefusal refusal) {
        return render(said(refusal));
    }

    public EdgeAnswer said(EdgeRefusal refusal) {
        var answer = layered(shape.of(refusal), Layer.REQUEST);
        return refusal == EdgeRefusal.OVERLOADED ? retryAfter(answer, Duration.ofSeconds(1)) : answer;
    }

    EdgeAnswer of(Refusal refusal) {
        var answer = layered(shape.of(refusal), Layer.IDENTITY);
        return refusal.retryAfter().isPositive() ? retryAfter(answer, refusal.retryAfter()) : answer;
    }

    EdgeAnswer limited(Duration wait) {
        return retryAfter(layered(shape.of(EdgeRefusal.RATE_LIMITED), Layer.IDENTITY), wait);
    }

    /** With the fields of the IETF draft on rate limit headers: the policy, and what is left of it. */
    EdgeAnswer limited(Admission.Exhausted exhausted) {
        var limit = exhausted.limit();
        var seconds = Math.max(1, limit.window().toSeconds());
        return limited(exhausted.retryAfter())
                .with("RateLimit-Policy", "\"key\";q=" + limit.limit() + ";w=" + seconds)
                .with("RateLimit", "\"key\";r=0;t=" + wholeSeconds(exhausted.retryAfter()));
    }

    MutableHttpResponse<?> of(ErrorShape.Failure failure) {
        return render(said(failure));
    }

    public EdgeAnswer said(ErrorShape.Failure failure) {
        return layered(failure.answer(), failure.layer());
    }

    public ErrorShape shape() {
        return shape;
    }

    /** What every answer carries, whoever made it. */
    void finish(MutableHttpResponse<?> response, RequestId id) {
        response.header(REQUEST_ID, id.text());
    }

    static MutableHttpResponse<byte[]> render(EdgeAnswer answer) {
        MutableHttpResponse<byte[]> response = HttpResponseFactory.INSTANCE.status(HttpStatus.valueOf(answer.status()));
        answer.headers().forEach(response::header);
        if (!answer.headers().containsKey(HttpHeaders.CONTENT_LENGTH) && !WITHOUT_LENGTH.contains(answer.status())) {
            response.contentLength(answer.body().size());
        }
        return response.contentType(MediaType.of(answer.contentType()))
                .body(answer.body().toByteArray());
    }

    static long size(HttpResponse<?> response) {
        return response.getHeaders().contentLength().orElse(0);
    }

    private static EdgeAnswer layered(EdgeAnswer answer, Layer layer) {
        return answer.with(Layer.HEADER, layer.text());
    }

    private static EdgeAnswer retryAfter(EdgeAnswer answer, Duration wait) {
        return answer.with(HttpHeaders.RETRY_AFTER, wholeSeconds(wait));
    }

    private static String wholeSeconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds()));
    }
}
