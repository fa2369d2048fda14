package io.triport.e2e.planted.rule09.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.bouncycastle.asn1.x500.X500Name;
import org.reactivestreams.Publisher;

/** Planted: an app that does all by itself. */
interface Everything {
    Connection database();

    X500Name subject();

    Publisher<String> stream();

    default boolean file(String name) {
        return Files.exists(Path.of(name));
    }
}
