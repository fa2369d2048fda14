package io.triport.manager.cloudflare.ai;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.manager.answer.Json;
import io.triport.manager.transfer.PulledContent;
import org.jspecify.annotations.Nullable;

/** The events of the port's stream, told in other words as they come. For one thread. */
final class ToldEvents implements PulledContent.Source {
    private static final String DATA = "data: ";
    private static final String DONE = "[DONE]";

    private final ContentReader events;
    private final Telling telling;

    /** What has come and is no whole event yet. */
    private Bytes begun = Bytes.EMPTY;

    private boolean opened;

    /** @param answer as {@link io.triport.domain.inference.Inference#stream} gives it; owned from here on */
    ToldEvents(Content answer, Telling telling) {
        this.events = new ContentReader(answer);
        this.telling = telling;
    }

    @Override
    public @Nullable Bytes next() throws InterruptedException {
        if (!opened) {
            opened = true;
            var first = telling.begun();
            if (!first.isEmpty()) {
                return Bytes.utf8(first);
            }
        }
        while (true) {
            var event = event();
            if (event == null) {
                return null;
            }
            var told = told(event);
            if (!told.isEmpty()) {
                return Bytes.utf8(told);
            }
        }
    }

    /** One event without the empty line behind it; null at the end. */
    private @Nullable String event() throws InterruptedException {
        var end = endOfEvent();
        while (end < 0) {
            var piece = events.next();
            if (piece == null) {
                return null;
            }
            begun = begun.concat(Bytes.from(piece));
            end = endOfEvent();
        }
        var event = begun.slice(0, end).toUtf8();
        begun = begun.slice(end + 2, begun.size());
        return event;
    }

    private int endOfEvent() {
        for (var at = 0; at + 1 < begun.size(); at++) {
            if (begun.at(at) == '\n' && begun.at(at + 1) == '\n') {
                return at;
            }
        }
        return -1;
    }

    private String told(String event) {
        var data = event.substring(DATA.length());
        if (data.equals(DONE)) {
            return DATA + DONE + "\n\n";
        }
        return told(Json.parse(data));
    }

    private String told(JsonNode event) {
        if (event.has("usage")) {
            return telling.ended(event.path("finish_reason").asText(), event.path("usage"));
        }
        return event.has("tool_calls")
                ? telling.called(event.path("tool_calls"))
                : telling.said(event.path("response").asText());
    }

    @Override
    public void close() {
        events.close();
    }
}
