package io.triport.identity.edge;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.log.RequestLog;
import jakarta.inject.Singleton;

/** Words whatever ended a route by an exception. */
@Singleton
final class FailureHandler implements ExceptionHandler<RuntimeException, HttpResponse<?>> {
    private final EdgeAnswers answers;
    private final RequestLog log;

    FailureHandler(EdgeAnswers answers, RequestLog log) {
        this.answers = answers;
        this.log = log;
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface has it raw
    public HttpResponse<?> handle(HttpRequest request, RuntimeException exception) {
        if (exception instanceof ContentLengthExceededException) {
            return answers.of(EdgeRefusal.BODY_TOO_LARGE);
        }
        var failure = answers.shape().of(exception);
        Exchange.of((HttpRequest<?>) request)
                .ifPresent(exchange -> log.failed(exchange.fetch().id(), failure.level(), exception));
        return answers.of(failure);
    }
}
