package io.triport.identity.signed;

import io.triport.domain.identity.Reason;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.field.BareItem;
import io.triport.identity.field.FieldParser;
import io.triport.identity.field.Member;
import io.triport.identity.field.Parameters;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** HTTP Message Signatures (RFC 9421): how a request with one is read. */
final class MessageForm {
    static final String INPUT = "signature-input";
    static final String SIGNATURE = "signature";

    private static final Set<String> KNOWN = Set.of("created", "expires", "nonce", "keyid", "alg", "tag");
    private static final long LAST_SECOND = 253_402_300_799L;

    /** Accepts no tag, which says that a signature is meant for something else (RFC 9421 section 2.3). */
    static final String NO_TAG = "";

    private MessageForm() {}

    static boolean present(Headers headers) {
        return headers.has(INPUT) || headers.has(SIGNATURE);
    }

    static SignatureClaim read(Fetch request, String tag) {
        var headers = request.headers();
        if (!headers.has(INPUT) || !headers.has(SIGNATURE)) {
            return new SignatureClaim.Unreadable(Reason.MISSING_HEADER);
        }
        if (headers.all(INPUT).size() > 1 || headers.all(SIGNATURE).size() > 1) {
            return new SignatureClaim.Unreadable(Reason.AMBIGUOUS_CREDENTIALS);
        }
        try {
            var inputs = FieldParser.dictionary(INPUT, headers.all(INPUT).getFirst());
            var signatures =
                    FieldParser.dictionary(SIGNATURE, headers.all(SIGNATURE).getFirst());
            if (inputs.size() > 1 || signatures.size() > 1) {
                return new SignatureClaim.Unreadable(Reason.AMBIGUOUS_CREDENTIALS);
            }
            return claim(request, tag, inputs, signatures);
        } catch (InvalidInput e) {
            return new SignatureClaim.Unreadable(Reason.SIGNATURE_MALFORMED);
        }
    }

    private static SignatureClaim claim(
            Fetch request, String tag, Map<String, Member> inputs, Map<String, Member> signatures) {
        if (!inputs.keySet().equals(signatures.keySet()) || inputs.isEmpty()) {
            throw refusal();
        }
        if (!(inputs.values().iterator().next() instanceof Member.InnerList covered)
                || !(signatures.values().iterator().next()
                        instanceof Member.Item(BareItem.Binary(var signature), var none))
                || !none.values().isEmpty()) {
            throw refusal();
        }
        var parameters = covered.parameters();
        if (!KNOWN.containsAll(parameters.values().keySet()) || !tagged(parameters, tag)) {
            throw refusal();
        }
        var nonce = text(parameters, "nonce");
        if (!SignatureClaim.nonceAllowed(nonce)) {
            throw refusal();
        }
        return new SignatureClaim.Complete(
                text(parameters, "keyid"),
                algorithms(parameters),
                second(parameters, "created"),
                parameters.find("expires").isPresent() ? second(parameters, "expires") : Instant.MAX,
                nonce,
                new SignatureBase(request.method(), request.target(), request.headers()).text(covered),
                signature,
                bodyCheck(request, SignatureBase.names(covered)));
    }

    private static Predicate<Bytes> bodyCheck(Fetch request, List<String> names) {
        if (!names.containsAll(SignatureBase.REQUIRED)) {
            throw refusal();
        }
        if (!names.contains(ContentDigest.FIELD)) {
            if (!request.body().buffered().isEmpty()) {
                throw refusal();
            }
            return Bytes::isEmpty;
        }
        var digest = ContentDigest.parse(String.join(", ", request.headers().all(ContentDigest.FIELD)));
        return digest::matches;
    }

    private static boolean tagged(Parameters parameters, String tag) {
        return parameters.find("tag").isPresent() ? text(parameters, "tag").equals(tag) : tag.equals(NO_TAG);
    }

    private static Set<SignatureAlgorithm> algorithms(Parameters parameters) {
        return parameters.find("alg").isPresent()
                ? Set.of(SignatureAlgorithm.find(text(parameters, "alg")).orElseThrow(MessageForm::refusal))
                : EnumSet.allOf(SignatureAlgorithm.class);
    }

    private static String text(Parameters parameters, String name) {
        return switch (parameters.find(name).orElse(null)) {
            case BareItem.Text(var value) when !value.isEmpty() -> value;
            case null, default -> throw refusal();
        };
    }

    private static Instant second(Parameters parameters, String name) {
        return switch (parameters.find(name).orElse(null)) {
            case BareItem.Whole(var value) when value >= 0 && value <= LAST_SECOND -> Instant.ofEpochSecond(value);
            case null, default -> throw refusal();
        };
    }

    private static InvalidInput refusal() {
        return new InvalidInput(INPUT, "one signature with the components and parameters that are needed");
    }
}
