package io.triport.manager.cloudflare.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.request.Bytes;
import io.triport.manager.transfer.PulledContent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ToldEventsTest {
    private static final String WHOLE = """
        data: {"response":"grün"}

        data: {"tool_calls":[{"index":0}]}

        data: {"response":"","finish_reason":"stop","usage":{"total_tokens":3}}

        data: [DONE]

        """;

    /** Says what it is told, each in brackets. */
    private static final class Plain implements Telling {
        @Override
        public String begun() {
            return "[begun]";
        }

        @Override
        public String said(String text) {
            return "[" + text + "]";
        }

        @Override
        public String called(JsonNode calls) {
            return "[called " + calls + "]";
        }

        @Override
        public String ended(String reason, JsonNode usage) {
            return "[" + reason + " " + usage.path("total_tokens") + "]";
        }
    }

    private record Pieces(Deque<Bytes> left) implements PulledContent.Source {
        @Override
        public @Nullable Bytes next() {
            return left.poll();
        }

        @Override
        public void close() {
            left.clear();
        }
    }

    private static List<String> told(List<Bytes> pieces) throws InterruptedException {
        var told = new ArrayList<String>();
        try (var events = new ToldEvents(new PulledContent(new Pieces(new ArrayDeque<>(pieces))), new Plain())) {
            for (var piece = events.next(); piece != null; piece = events.next()) {
                told.add(piece.toUtf8());
            }
        }
        return told;
    }

    @Test
    void events_are_told_whole_however_they_were_cut() throws InterruptedException {
        var bytes = Bytes.utf8(WHOLE);
        for (var size = 1; size <= bytes.size(); size++) {
            var pieces = new ArrayList<Bytes>();
            for (var at = 0; at < bytes.size(); at += size) {
                pieces.add(bytes.slice(at, Math.min(bytes.size(), at + size)));
            }

            assertThat(told(pieces))
                    .as("pieces of " + size)
                    .containsExactly("[begun]", "[grün]", "[called [{\"index\":0}]]", "[stop 3]", "data: [DONE]\n\n");
        }
    }

    @Test
    void what_broke_off_within_an_event_is_not_told() throws InterruptedException {
        assertThat(told(List.of(Bytes.utf8("data: {\"response\":\"a\"}\n\ndata: {\"resp"))))
                .containsExactly("[begun]", "[a]");
    }
}
