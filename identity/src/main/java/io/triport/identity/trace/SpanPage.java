package io.triport.identity.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.triport.identity.otlp.Attributes;
import io.triport.identity.otlp.Teller;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes traces as a collector reads them. */
final class SpanPage {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int ERROR = 2;

    private final Teller teller;

    SpanPage(Teller teller) {
        this.teller = teller;
    }

    String of(List<FinishedTrace> traces) {
        var text = new StringWriter();
        try (var page = JSON.createGenerator(text)) {
            page.writeStartObject();
            page.writeArrayFieldStart("resourceSpans");
            page.writeStartObject();
            Attributes.resource(page, teller);
            page.writeArrayFieldStart("scopeSpans");
            page.writeStartObject();
            Attributes.scope(page);
            page.writeArrayFieldStart("spans");
            for (var trace : traces) {
                for (var span : trace.spans()) {
                    span(page, trace.traceId(), span);
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

    private static void span(JsonGenerator page, String traceId, Span span) throws IOException {
        page.writeStartObject();
        page.writeStringField("traceId", traceId);
        page.writeStringField("spanId", span.id());
        if (!span.parent().isEmpty()) {
            page.writeStringField("parentSpanId", span.parent());
        }
        page.writeStringField("name", span.name());
        page.writeNumberField("kind", span.stage().kind());
        page.writeStringField("startTimeUnixNano", Long.toString(span.start()));
        page.writeStringField("endTimeUnixNano", Long.toString(span.end()));
        page.writeArrayFieldStart("attributes");
        for (var attribute : span.about()) {
            attribute.write(page);
        }
        page.writeEndArray();
        if (span.fate() == Fate.BROKEN) {
            page.writeObjectFieldStart("status");
            page.writeNumberField("code", ERROR);
            page.writeEndObject();
        }
        page.writeEndObject();
    }
}
