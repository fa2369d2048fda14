package io.triport.manager.alert;

import io.triport.manager.document.Shelf;

/** What people set about alerts. */
record Shelves(Shelf<Rule> rules, Shelf<Threshold> thresholds) {}
