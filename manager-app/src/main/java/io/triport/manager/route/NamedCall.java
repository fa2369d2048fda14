package io.triport.manager.route;

import io.triport.domain.identity.Grant;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Sha256;
import io.triport.domain.storage.IdempotentCall;
import io.triport.manager.answer.Problem;
import org.jspecify.annotations.Nullable;

/** A call that its caller has named, so that he may repeat it. For the one thread that answers it. */
final class NamedCall {
    private static final String FIELD = "idempotency-key";

    /** In the place of the digest of a body, which has 32 bytes: so that it is no empty body either. */
    private static final Bytes UNREAD = Bytes.EMPTY;

    private final Fetch fetch;
    private final Grant grant;
    private final DigestedBody body;

    private NamedCall(Fetch fetch, Grant grant) {
        this.body = new DigestedBody(fetch.body());
        this.fetch = new Fetch(
                fetch.id(),
                fetch.receivedAt(),
                fetch.method(),
                fetch.target(),
                fetch.headers(),
                fetch.peer(),
                this.body);
        this.grant = grant;
    }

    /** Null for a call without a name. */
    static @Nullable NamedCall of(Fetch fetch, Grant grant) {
        return fetch.headers().has(FIELD) ? new NamedCall(fetch, grant) : null;
    }

    /** The request, whose body is to be read by nobody past this one. */
    Fetch fetch() {
        return fetch;
    }

    DigestedBody.Read bodyRead() {
        return body.read();
    }

    /** The call without its body. */
    IdempotentCall unread() {
        return with(UNREAD);
    }

    /** The call with the body that was read. */
    IdempotentCall whole() {
        return with(body.sha256());
    }

    /** The call with as much of its body as its effect depends on: all, or nothing where nobody has read it before the effect. */
    IdempotentCall asRead() {
        return switch (body.read()) {
            case NOTHING, GIVEN_UP -> unread();
            case A_PART, ALL -> whole();
        };
    }

    /**
     * The path is what is called; whatever else the effect depends on has to be the same the second time.
     *
     * @throws io.triport.manager.answer.Refused INVALID_ARGUMENT for more than one name
     * @throws io.triport.domain.request.InvalidInput for a name outside of its bounds
     */
    private IdempotentCall with(Bytes digest) {
        var names = fetch.headers().all(FIELD);
        if (names.size() != 1) {
            throw Problem.INVALID_ARGUMENT.refused("Idempotency-Key must occur once");
        }
        var content = Sha256.ofParts(
                Bytes.utf8(fetch.method().text()), Bytes.utf8(fetch.target().search()), digest);
        return new IdempotentCall(
                grant.principal().id().unique(), fetch.target().path(), names.getFirst(), content);
    }
}
