package io.triport.identity.edge;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.triport.domain.identity.Grant;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Hands a route the grant of its request, as a parameter. */
@Singleton
final class GrantBinder implements TypedRequestArgumentBinder<Grant> {
    @Override
    public Argument<Grant> argumentType() {
        return Argument.of(Grant.class);
    }

    @Override
    public BindingResult<Grant> bind(ArgumentConversionContext<Grant> context, HttpRequest<?> source) {
        Optional<Grant> grant = Exchange.of(source).flatMap(Exchange::grant);
        return () -> grant;
    }
}
