package io.triport.identity.edge;

import io.triport.domain.identity.Combine;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares who may call a route. Every route has one; an app with a route without it does not start. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Identity {
    /** Names of mechanisms in order; {@code public} for everybody. */
    String[] mechanisms();

    /** Scopes that are needed, all of them. */
    String[] scopes() default {};

    Combine combine() default Combine.AGREE;
}
