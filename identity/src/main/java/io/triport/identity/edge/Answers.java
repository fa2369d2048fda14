package io.triport.identity.edge;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpResponseFactory;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.identity.connection.EdgeAnswer;
import java.util.Map;

/** Answers of app code. */
public final class Answers {
    private Answers() {}

    public static HttpResponse<byte[]> of(int status, String contentType, Bytes body, Map<String, String> headers) {
        return EdgeAnswers.render(new EdgeAnswer(status, contentType, body, headers));
    }

    /** An answer whose bytes flow; they are read to their end or closed. */
    static HttpResponse<?> flowing(int status, String contentType, Content body, Map<String, String> headers) {
        MutableHttpResponse<FlowingBody> response = HttpResponseFactory.INSTANCE.status(HttpStatus.valueOf(status));
        headers.forEach(response::header);
        body.length().ifPresent(response::contentLength);
        return response.contentType(MediaType.of(contentType)).body(new FlowingBody(body));
    }
}
