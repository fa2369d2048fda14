package io.triport.e2e.planted.rule05.disk;

/** Planted: a factory that anybody can name, and the second class that the technology shows. */
public final class StorageFactory {}
