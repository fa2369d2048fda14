package io.triport.identity.edge;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Room;
import io.triport.domain.request.ByteSize;
import io.triport.identity.connection.Holdings;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Hands a route the room for values that it reads: a part of the memory for bodies, until the client has taken the answer. */
@Singleton
final class RoomBinder implements TypedRequestArgumentBinder<Room> {
    private final BodyBudget budget;

    RoomBinder(BodyBudget budget) {
        this.budget = budget;
    }

    @Override
    public Argument<Room> argumentType() {
        return Argument.of(Room.class);
    }

    @Override
    public BindingResult<Room> bind(ArgumentConversionContext<Room> context, HttpRequest<?> source) {
        Optional<Room> room = source instanceof NettyHttpRequest<?> request
                ? Optional.of(
                        over(Holdings.of(request.getChannelHandlerContext().channel())))
                : Optional.empty();
        return () -> room;
    }

    private Room over(Holdings holdings) {
        return bytes -> {
            var share = budget.reserveMostOf(ByteSize.ofBytes(bytes))
                    .orElseThrow(() -> new StorageFailure.Unavailable(
                            FailureCode.OVERLOADED, "room: none for " + bytes + " bytes of values"));
            holdings.add(share::close);
        };
    }
}
