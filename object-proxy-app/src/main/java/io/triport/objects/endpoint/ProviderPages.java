package io.triport.objects.endpoint;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Sha256;
import io.triport.identity.signer.PublishedDocument;
import io.triport.identity.signer.TokenSigner;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.serve.Replies;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What others check our tokens with. Everybody may read it. Safe for many threads. */
public final class ProviderPages {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final RoutePolicy EVERYBODY = new RoutePolicy(
            List.of(MechanismName.PUBLIC), Combine.AGREE, Set.of(), ByteSize.ofKiB(1), Duration.ofSeconds(60));
    private static final Set<String> PATHS = Set.of(PublishedDocument.KEYS_PATH, PublishedDocument.DISCOVERY_PATH);
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int FORBIDDEN = 403;
    private static final int WRONG_METHOD = 405;

    private final @Nullable TokenSigner signer;
    private final AccessGate gate;
    private final Clock clock;

    /** @param signer null where there are no tokens of ours, and so no pages */
    public ProviderPages(@Nullable TokenSigner signer, AccessGate gate, Clock clock) {
        this.signer = signer;
        this.gate = gate;
        this.clock = clock;
    }

    boolean wants(Fetch fetch) {
        return signer != null && PATHS.contains(fetch.target().path());
    }

    StreamReply answer(Fetch fetch) {
        var signing = signer;
        if (signing == null) {
            throw new IllegalStateException("no page (expected: one that is wanted)");
        }
        if (!Set.of("GET", "HEAD").contains(fetch.method().text())) {
            return Replies.marked(StreamReply.of(WRONG_METHOD).with("Allow", "GET, HEAD"), fetch);
        }
        return Replies.marked(
                switch (gate.admit(fetch, EVERYBODY)) {
                    case Decision.Admitted(var grant) -> {
                        try (grant) {
                            yield page(fetch, signing);
                        }
                    }
                    case Decision.Refused refused -> StreamReply.of(FORBIDDEN);
                },
                fetch);
    }

    private StreamReply page(Fetch fetch, TokenSigner signing) {
        var now = clock.instant();
        var document =
                fetch.target().path().equals(PublishedDocument.KEYS_PATH) ? signing.keys(now) : signing.discovery(now);
        var tag = '"' + Sha256.hex(document.json().getBytes(StandardCharsets.UTF_8)) + '"';
        var reply = fetch.headers().all("if-none-match").stream()
                        .flatMap(field -> List.of(field.split(",")).stream())
                        .map(each -> each.strip().replaceFirst("^W/", ""))
                        .anyMatch(each -> each.equals(tag) || each.equals("*"))
                ? StreamReply.of(NOT_MODIFIED)
                : StreamReply.of(OK, "application/json", Bytes.utf8(document.json()));
        return reply.with("Cache-Control", "public, max-age=" + KEPT.toSeconds())
                .with("ETag", tag);
    }
}
