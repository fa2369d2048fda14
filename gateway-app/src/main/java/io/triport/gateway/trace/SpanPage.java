package io.triport.gateway.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.triport.gateway.otlp.Attributes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes traces as a collector reads them. */
final class SpanPage {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int SERVER_ERROR = 500;
    private static final int ERROR = 2;

    private final String node;

    /** @param node told apart from others of the same service */
    SpanPage(String node) {
        this.node = node;
    }

    String of(List<FinishedTrace> traces) {
        var text = new StringWriter();
        try (var page = JSON.createGenerator(text)) {
            page.writeStartObject();
            page.writeArrayFieldStart("resourceSpans");
            page.writeStartObject();
            Attributes.resource(page, node);
            page.writeArrayFieldStart("scopeSpans");
            page.writeStartObject();
            Attributes.scope(page);
            page.writeArrayFieldStart("spans");
            for (var trace : traces) {
                for (var span : trace.spans()) {
                    span(page, trace, span);
                }
            }
            page.writeEndArray();
            page.writeEndObject();
            page.writeEndArray();
            page.writeEndObject();
            page.writeEndArray();
            page.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void span(JsonGenerator page, FinishedTrace trace, Span span) throws IOException {
        page.writeStartObject();
        page.writeStringField("traceId", trace.traceId());
        page.writeStringField("spanId", span.id());
        if (!span.parent().isEmpty()) {
            page.writeStringField("parentSpanId", span.parent());
        }
        page.writeStringField("name", span.stage().label());
        page.writeNumberField("kind", span.stage().kind());
        page.writeStringField("startTimeUnixNano", Long.toString(span.start()));
        page.writeStringField("endTimeUnixNano", Long.toString(span.end()));
        page.writeArrayFieldStart("attributes");
        if (span.stage() == Stage.REQUEST) {
            whole(page, trace.ending());
        } else {
            Attributes.text(page, "triport.outcome", span.outcome());
        }
        if (!span.about().isEmpty()) {
            Attributes.text(page, "triport.target", span.about());
        }
        page.writeEndArray();
        if (span.stage() == Stage.REQUEST && trace.ending().status() >= SERVER_ERROR) {
            page.writeObjectFieldStart("status");
            page.writeNumberField("code", ERROR);
            page.writeEndObject();
        }
        page.writeEndObject();
    }

    private static void whole(JsonGenerator page, RequestTrace.Ending ending) throws IOException {
        Attributes.text(page, "http.request.method", ending.method());
        Attributes.text(page, "triport.route", ending.route());
        Attributes.text(page, "triport.request_id", ending.requestId());
        Attributes.text(page, "triport.outcome", ending.outcome());
        Attributes.number(page, "http.response.status_code", ending.status());
    }
}
