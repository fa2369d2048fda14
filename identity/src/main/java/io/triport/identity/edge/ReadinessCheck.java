package io.triport.identity.edge;

/** What an app needs beside what all need. Asked once a second, and by a thread that nothing may hold up. */
public interface ReadinessCheck {
    /** As readiness names it when it fails, such as {@code audit}. */
    String name();

    boolean passes();
}
