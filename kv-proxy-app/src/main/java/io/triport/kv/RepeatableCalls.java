package io.triport.kv;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Sha256;
import io.triport.domain.storage.IdempotencyClaim;
import io.triport.domain.storage.IdempotentCall;
import io.triport.domain.storage.Storage;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** Calls with an {@code Idempotency-Key} have one effect however often they come; those without run as they are. */
@Singleton
@Requires(property = KvProxy.APP, value = KvProxy.NAME, defaultValue = KvProxy.NAME)
final class RepeatableCalls {
    private static final String HEADER = "idempotency-key";

    private final Storage storage;

    RepeatableCalls(Storage storage) {
        this.storage = storage;
    }

    /** @param effect writes through the storage that it is given, and says what to answer */
    Bytes run(Grant grant, Fetch request, Function<Storage, Bytes> effect) {
        var keys = request.headers().all(HEADER);
        if (keys.isEmpty()) {
            return effect.apply(storage);
        }
        if (keys.size() > 1) {
            throw KvRefused.invalid("Idempotency-Key must occur once");
        }
        var call = new IdempotentCall(
                grant.principal().id().unique(),
                request.target().path(),
                keys.getFirst(),
                Sha256.of(request.body().buffered()));
        return storage.together(grant, unit -> once(grant, call, unit, effect));
    }

    private static Bytes once(Grant grant, IdempotentCall call, Storage unit, Function<Storage, Bytes> effect) {
        var ledger = unit.idempotency(grant);
        return switch (ledger.claim(call)) {
            case IdempotencyClaim.First first -> {
                var answer = effect.apply(unit);
                ledger.remember(call, answer);
                yield answer;
            }
            case IdempotencyClaim.Repeated repeated -> repeated.answer();
            case IdempotencyClaim.Differs differs -> throw KvRefused.conflict();
        };
    }
}
