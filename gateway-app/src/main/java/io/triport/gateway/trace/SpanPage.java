package io.triport.gateway.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes traces as a collector reads them. 64-bit integers are texts in the JSON form of protocol buffers. */
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
            page.writeObjectFieldStart("resource");
            page.writeArrayFieldStart("attributes");
            text(page, "service.name", "triport-gateway");
            text(page, "service.instance.id", node);
            page.writeEndArray();
            page.writeEndObject();
            page.writeArrayFieldStart("scopeSpans");
            page.writeStartObject();
            page.writeObjectFieldStart("scope");
            page.writeStringField("name", "io.triport.gateway");
            page.writeEndObject();
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
            text(page, "triport.outcome", span.outcome());
        }
        if (!span.about().isEmpty()) {
            text(page, "triport.target", span.about());
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
        text(page, "http.request.method", ending.method());
        text(page, "triport.route", ending.route());
        text(page, "triport.request_id", ending.requestId());
        text(page, "triport.outcome", ending.outcome());
        page.writeStartObject();
        page.writeStringField("key", "http.response.status_code");
        page.writeObjectFieldStart("value");
        page.writeStringField("intValue", Integer.toString(ending.status()));
        page.writeEndObject();
        page.writeEndObject();
    }

    private static void text(JsonGenerator page, String key, String value) throws IOException {
        page.writeStartObject();
        page.writeStringField("key", key);
        page.writeObjectFieldStart("value");
        page.writeStringField("stringValue", value);
        page.writeEndObject();
        page.writeEndObject();
    }
}
