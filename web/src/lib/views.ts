/**
 * The views of the workbench. A view is a folder `src/views/<id>/` with a `view.ts` that exports
 * `view: ViewDefinition`; nothing else needs to know it. Components are loaded when first shown.
 */

import type { Component } from 'svelte';

export interface ViewProps {
  /** Shown small below another view, in the dock. */
  compact?: boolean;
}

export interface ViewDefinition {
  /** Name in the address; its title is the text `<id>.title`. */
  id: string;
  /** Place in the navigation, lowest first. */
  order: number;
  /** Path of a 24×24 icon, drawn as strokes. */
  icon: string;
  load: () => Promise<{ default: Component<ViewProps> | Component<Record<string, never>> }>;
  /** Whether it can stand in the dock below the text. */
  dockable?: boolean;
  /** Whether the panel of the selected claim stands beside it. */
  inspector?: boolean;
  /** Whether the filter bar says what it shows. */
  filtered?: boolean;
  /** In which part of the navigation it stands. */
  section?: 'main' | 'foot';
  /** Whether it has a heading of the first level of its own; the frame gives it one otherwise. */
  heading?: boolean;
  /** Only for this role. */
  role?: 'admin';
}

const modules = import.meta.glob<{ view: ViewDefinition }>('../views/*/view.ts', { eager: true });

export const views: readonly ViewDefinition[] = Object.values(modules)
  .map((module) => module.view)
  .sort((a, b) => a.order - b.order);

export function viewOf(id: string): ViewDefinition | undefined {
  return views.find((view) => view.id === id);
}
