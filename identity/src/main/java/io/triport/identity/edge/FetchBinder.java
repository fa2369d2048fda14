package io.triport.identity.edge;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.triport.domain.request.Fetch;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Hands a route its request as the gate saw it. */
@Singleton
final class FetchBinder implements TypedRequestArgumentBinder<Fetch> {
    @Override
    public Argument<Fetch> argumentType() {
        return Argument.of(Fetch.class);
    }

    @Override
    public BindingResult<Fetch> bind(ArgumentConversionContext<Fetch> context, HttpRequest<?> source) {
        Optional<Fetch> fetch = Exchange.of(source).map(Exchange::fetch);
        return () -> fetch;
    }
}
