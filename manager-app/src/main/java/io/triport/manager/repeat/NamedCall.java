package io.triport.manager.repeat;

import io.triport.domain.identity.Grant;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Sha256;
import io.triport.domain.storage.IdempotentCall;
import io.triport.manager.answer.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that its caller has named, so that he may repeat it. For the one thread that answers it. */
public final class NamedCall {
    private static final String FIELD = "idempotency-key";

    /** In the place of the digest of a body, which has 32 bytes: so that it is no empty body either. */
    private static final Bytes UNREAD = Bytes.EMPTY;

    private final Fetch fetch;
    private final Grant grant;
    private final DigestedBody body;

    private NamedCall(Fetch fetch, Grant grant) {
        this.body = new DigestedBody(fetch.body());
        this.fetch = fetch;
        this.grant = grant;
    }

    /** Null for a call without a name. */
    public static @Nullable NamedCall of(Fetch fetch, Grant grant) {
        return fetch.headers().has(FIELD) ? new NamedCall(fetch, grant) : null;
    }

    /** In the place of the body of the request, which is to be read by nobody past this one. */
    public Content body() {
        return body;
    }

    /** The same for calls of which one may repeat the other. */
    public Name name() {
        return new Name(
                grant.principal().id().unique(),
                fetch.target().path(),
                fetch.headers().all(FIELD));
    }

    /** Who calls what, and how he names that, whether it may be so named or not. */
    public record Name(String caller, String path, List<String> keys) {}

    public DigestedBody.Read bodyRead() {
        return body.read();
    }

    /** The call without its body. */
    public IdempotentCall unread() {
        return with(UNREAD);
    }

    /** The call with the body that was read. */
    public IdempotentCall whole() {
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
