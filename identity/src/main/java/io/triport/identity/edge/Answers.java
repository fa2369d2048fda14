package io.triport.identity.edge;

import io.micronaut.http.HttpResponse;
import io.triport.domain.request.Bytes;
import io.triport.identity.connection.EdgeAnswer;
import java.util.Map;

/** Answers of app code that are held in memory. */
public final class Answers {
    private Answers() {}

    public static HttpResponse<byte[]> of(int status, String contentType, Bytes body, Map<String, String> headers) {
        return EdgeAnswers.render(new EdgeAnswer(status, contentType, body, headers));
    }
}
