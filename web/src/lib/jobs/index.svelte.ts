/** Work that takes a while: its progress comes by the live feed, and by asking where that is off. */

import { get } from '../api';
import { live, type Job } from '../live/index.svelte';

export type { Job };

export const ENDED: readonly Job['state'][] = ['done', 'failed', 'cancelled'];

class Jobs {
  all = $state.raw<Job[]>([]);

  put(job: Job): void {
    const others = this.all.filter((each) => each.id !== job.id);
    this.all = [...others, job];
  }

  forget(id: Job['id']): void {
    this.all = this.all.filter((each) => each.id !== id);
  }

  listen(): () => void {
    return live.on('job_progress', (job) => {
      if (this.all.some((each) => each.id === job.id)) this.put(job);
    });
  }

  /** Watch a job until it ends. */
  async wait(job: Job): Promise<Job> {
    this.put(job);
    let current = job;
    for (let turn = 0; !ENDED.includes(current.state); turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(1500, 200 + turn * 100)));
      const told = this.all.find((each) => each.id === job.id);
      current = told && ENDED.includes(told.state) ? told : await get<Job>(`/jobs/${job.id}`);
      this.put(current);
    }
    return current;
  }
}

export const jobs = new Jobs();
