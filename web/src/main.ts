import './styles/fonts.css';
import './styles/tokens.css';
import './views/tokens.css';
import './styles/roles.css';
import './styles/base.css';
import './styles/print.css';

import { mount } from 'svelte';

import App from './App.svelte';

mount(App, { target: document.getElementById('app')! });
