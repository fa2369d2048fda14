package io.triport.manager.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.request.Fetch;
import io.triport.identity.edge.BodyBudget;
import io.triport.manager.access.Caller;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.repeat.Effect;
import io.triport.manager.repeat.NamedCall;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request of somebody who is known, on a route that was found. For the one thread that answers it: closed when the answer is made,
 * over when it was sent.
 */
public final class Call implements AutoCloseable {
    private static final ByteSize USUAL = ByteSize.ofMiB(1);
    private static final String PLAIN = "identity";
    private static final long SHORT = 1_048_576;

    /** What a body of unknown length is begun with. */
    private static final int FIRST = 8_192;

    private final Fetch fetch;
    private final Content sent;
    private final @Nullable NamedCall named;
    private final Effect effect;
    private final Grant grant;
    private final Caller caller;
    private final Map<String, String> variables;
    private final BodyBudget budget;
    private final List<BodyBudget.Share> held = new ArrayList<>();
    private final List<BodyBudget.Share> kept = new ArrayList<>();

    /** @param variables as they were sent */
    public Call(Fetch fetch, Grant grant, Caller caller, Map<String, String> variables, BodyBudget budget) {
        this.named = NamedCall.of(fetch, grant);
        this.fetch = fetch;
        this.sent = named == null ? fetch.body() : named.body();
        this.effect = new Effect(grant, named);
        this.grant = grant;
        this.caller = caller;
        this.variables = Map.copyOf(variables);
        this.budget = budget;
    }

    public Fetch fetch() {
        return fetch;
    }

    /** To be given to whatever touches data; ends when the answer was sent. */
    public Grant grant() {
        return grant;
    }

    public Caller caller() {
        return caller;
    }

    /** A variable of the path, decoded once. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    public String variable(String name) {
        var sent = variables.get(name);
        if (sent == null) {
            throw new IllegalStateException("variable: " + name + " (expected: one of " + variables.keySet() + ")");
        }
        return Percent.decode(sent);
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT where it cannot be decoded */
    public Query query() {
        return Query.parse(fetch.target().search());
    }

    /** Whatever the call changes goes through it. */
    public Effect effect() {
        return effect;
    }

    /** Null where the caller has not named the call. */
    @Nullable
    NamedCall named() {
        return named;
    }

    /**
     * The body as it comes, for whoever reads it piece by piece.
     *
     * @throws io.triport.manager.answer.Refused UNSUPPORTED_MEDIA_TYPE for one that is packed: unpacking it could take any room
     */
    public Content content() {
        if (fetch.headers().all("content-encoding").stream()
                .anyMatch(coding -> !PLAIN.equalsIgnoreCase(coding.strip()))) {
            sent.close();
            throw Problem.UNSUPPORTED_MEDIA_TYPE.refused("The body must not have a content encoding");
        }
        return grant.checked(sent);
    }

    /** Reads the body for what it is known by, whatever its length. */
    void drain() {
        try (var body = new Arriving(new ContentReader(content()), Long.MAX_VALUE)) {
            var piece = new byte[FIRST];
            var read = 0;
            while (read >= 0) {
                read = body.read(piece, 0, piece.length);
            }
        }
    }

    /** The body as one document of JSON, of a mebibyte at most. */
    public JsonNode json() {
        return json(USUAL);
    }

    /** @throws io.triport.manager.answer.Refused INVALID_JSON, PAYLOAD_TOO_LARGE */
    public JsonNode json(ByteSize most) {
        var body = body(most);
        // Its texts lie in memory once more, in wider characters.
        hold(2L * body.size());
        return Json.parse(body);
    }

    /**
     * The whole body, which takes its part of the memory for bodies until the answer is made.
     *
     * @throws io.triport.manager.answer.Refused PAYLOAD_TOO_LARGE, OVERLOADED
     */
    public Bytes body(ByteSize most) {
        var content = content();
        if (content.length().orElse(0) > most.bytes()) {
            content.close();
            throw Problem.PAYLOAD_TOO_LARGE.refused();
        }
        return whole(new Arriving(new ContentReader(content), most.bytes()), (int)
                content.length().orElse(FIRST));
    }

    private Bytes whole(Arriving body, int expected) {
        try (body) {
            var collected = new byte[expected];
            hold(expected);
            var size = 0;
            for (var read = 0; read >= 0; read = body.read(collected, size, collected.length - size)) {
                size += read;
                if (size == collected.length) {
                    var next = body.read();
                    if (next < 0) {
                        break;
                    }
                    hold(collected.length + FIRST);
                    collected = Arrays.copyOf(collected, 2 * collected.length + FIRST);
                    collected[size++] = (byte) next;
                }
            }
            return Bytes.from(ByteBuffer.wrap(collected, 0, size));
        }
    }

    /** The body as it arrives, up to a bound. @throws io.triport.manager.answer.Refused PAYLOAD_TOO_LARGE, while it is read */
    public InputStream stream(ByteSize most) {
        return new Arriving(new ContentReader(content()), most.bytes());
    }

    /** Takes so much of the memory for bodies until the answer is made. @throws io.triport.manager.answer.Refused OVERLOADED */
    public void hold(long bytes) {
        held.add(share(bytes));
    }

    private BodyBudget.Share share(long bytes) {
        return taken(budget.reserve(ByteSize.ofBytes(bytes)));
    }

    private static BodyBudget.Share taken(Optional<BodyBudget.Share> share) {
        return share.orElseThrow(() -> Problem.OVERLOADED.refused().with("Retry-After", "1"));
    }

    /**
     * Takes so much of the memory for bodies until the answer was sent, however slowly it is taken. What is short is not counted.
     *
     * @throws io.triport.manager.answer.Refused OVERLOADED
     */
    public void keep(long bytes) {
        if (bytes > SHORT) {
            kept.add(share(bytes));
        }
    }

    /** The answer was sent, or there will be none. */
    public void over() {
        kept.forEach(BodyBudget.Share::close);
    }

    /**
     * A read whose values take their part of the memory for bodies until the answer was sent.
     *
     * @param copies how often they lie in memory before the answer is sent, 1..8
     */
    public KvRead reading(int copies) {
        return KvRead.FRESH.into(bytes -> kept.add(taken(budget.reserveMostOf(ByteSize.ofBytes(copies * bytes)))));
    }

    @Override
    public void close() {
        held.forEach(BodyBudget.Share::close);
    }
}
