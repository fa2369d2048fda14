package io.triport.manager.cloudflare.vectorize;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorValues;
import io.triport.manager.answer.Problem;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.cloudflare.Wording;
import io.triport.manager.route.Call;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The indexes that calls name, with failures in words that clients know. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class OpenIndexes {
    /** The path of all indexes. */
    static final String ALL = Envelope.BASE + "accounts/{account}/vectorize/v2/indexes";

    /** The path of one of them. */
    static final String ONE = ALL + "/{index}";

    /** Of indexes. */
    static final Wording INDEXES = new Wording(Problem.INDEX_NOT_FOUND, Problem.INDEX_TAKEN);

    /** Of what is in one. */
    private static final Wording CONTENT = new Wording(Problem.INDEX_NOT_FOUND, Problem.PROPERTY_TAKEN);

    private final Account account;
    private final Storage storage;

    OpenIndexes(Account account, Storage storage) {
        this.account = account;
        this.storage = storage;
    }

    /** @throws io.triport.manager.answer.Refused INDEX_NOT_FOUND for a name that no index can have, too */
    IndexName name(Call call) {
        account.require(call.variable("account"));
        try {
            return new IndexName(call.variable("index"));
        } catch (InvalidInput e) {
            throw Problem.INDEX_NOT_FOUND.refused();
        }
    }

    Index require(Call call) {
        var name = name(call);
        return INDEXES.of(() -> storage.vectorIndexes(call.grant()).find(name))
                .orElseThrow(Problem.INDEX_NOT_FOUND::refused);
    }

    /** Does something with the index that a call names. */
    <T> T within(Call call, Function<VectorIndex, T> work) {
        var name = name(call);
        return CONTENT.of(() -> work.apply(storage.vectors(call.grant(), name)));
    }

    /**
     * Does something with vectors of a caller, who is told what is wrong with them.
     *
     * @throws io.triport.manager.answer.Refused VECTOR_INVALID for the first that is none of the index
     */
    <T> T within(Call call, List<VectorValues> given, Function<VectorIndex, T> work) {
        return within(call, index -> {
            try {
                return work.apply(index);
            } catch (StorageFailure.Rejected e) {
                if (e.code() == FailureCode.BAD_REQUEST) {
                    wrong(call.grant(), name(call), given).ifPresent(why -> {
                        throw Problem.VECTOR_INVALID.refused(why);
                    });
                }
                throw e;
            }
        });
    }

    private Optional<String> wrong(Grant grant, IndexName name, List<VectorValues> given) {
        return storage.vectorIndexes(grant)
                .find(name)
                .map(Index::shape)
                .flatMap(shape -> given.stream()
                        .flatMap(values -> wrong(shape, values).stream())
                        .findFirst());
    }

    private static Optional<String> wrong(IndexShape shape, VectorValues values) {
        if (values.dimensions() != shape.dimensions()) {
            return Optional.of("invalid vector, expected " + shape.dimensions() + " dimensions, and got "
                    + values.dimensions() + " dimensions");
        }
        return shape.metric() == Metric.COSINE && values.zero()
                ? Optional.of("invalid vector, expected a direction, and got zeros alone")
                : Optional.empty();
    }
}
